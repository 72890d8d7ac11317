package io.github.smartleadbulk.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in the history.
 *
 * @param exitCode of the last process that worked on it; null while none has ended orderly
 * @param endedAt when that process ended
 * @param rows of the input; null until it has been read once
 * @param calls made by all processes that worked on the run
 * @param rateLimited how many of them were told to come later (429)
 * @param resultsPath absolute, where the results go; null for the run's folder
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
