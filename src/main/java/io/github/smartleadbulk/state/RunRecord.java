package io.github.smartleadbulk.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in the history.
 *
 * @param exitCode of the last process that worked on the run; null until one ends in order
 * @param endedAt when that process ended
 * @param rows in the input; null until the input has been read once
 * @param calls by all processes that worked on the run
 * @param rateLimited how many calls were rate-limited (429)
 * @param resultsPath absolute path of the results; null for the run folder
 */
public record RunRecord(
    int id,
    RunSpec spec,
    RunStatus status,
    @Nullable Integer exitCode,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Long rows,
    @Nullable String resultsPath,
    long calls,
    long rateLimited) {}
