package io.github.smartleadbulk.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in the history.
 *
 * @param exitCode of the last process that worked on it; null while none has ended orderly
 * @param endedAt when that process ended
 * @param rows of the input; null until it has been read once
 * @param calls made by all processes that worked on the run
 * @param rateLimited how many of them were told to come later (429)
 * @param stopped why the last process ended the run before its last row; null if it did not
 * @param waitedByCause how long all processes waited for their calls
 * @param canary rows that were sent first, read back and found right; 0 for none
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
    long rateLimited,
    @Nullable String stopped,
    Map<String, Duration> waitedByCause,
    int canary) {

  /** A run that has just begun. */
  static RunRecord begun(int id, RunSpec spec, @Nullable String resultsPath, Instant at) {
    return new RunRecord(
        id, spec, RunStatus.RUNNING, null, at, null, null, resultsPath, 0, 0, null, Map.of(), 0);
  }
}
