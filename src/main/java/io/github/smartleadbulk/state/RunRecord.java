package io.github.smartleadbulk.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param stopped why the last process ended the run before its last row; null if it did not
 * @param waitedByCause how long all processes waited for their calls
 * @param canary rows that were sent first, read back and found right; 0 for none
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

  /**
   * What a run has done in one workspace, by all processes that worked on the run.
   *
   * @param rows of the input that are for the workspace; null until they have been counted
   * @param rateLimited how many calls were rate-limited (429)
   * @param waitedByCause how long calls waited
   * @param canary rows that were sent first, read back and found right; 0 for none
   * @param exitCode why the last process left rows of the workspace open; null if it did not
   * @param stopped the same in words; null if it did not
   */
  public record WorkspaceTotals(
      @Nullable Long rows,
      long calls,
      long rateLimited,
      Map<String, Duration> waitedByCause,
      int canary,
      @Nullable Integer exitCode,
      @Nullable String stopped) {

    static final WorkspaceTotals NONE = new WorkspaceTotals(null, 0, 0, Map.of(), 0, null, null);

    WorkspaceTotals withRows(@Nullable Long counted) {
      return new WorkspaceTotals(
          counted, calls, rateLimited, waitedByCause, canary, exitCode, stopped);
    }

    WorkspaceTotals withCall() {
      return withCalls(calls + 1);
    }

    public WorkspaceTotals withCalls(long made) {
      return new WorkspaceTotals(rows, made, rateLimited, waitedByCause, canary, exitCode, stopped);
    }

    WorkspaceTotals withCanary(int passed) {
      return new WorkspaceTotals(
          rows, calls, rateLimited, waitedByCause, passed, exitCode, stopped);
    }

    WorkspaceTotals runningAgain() {
      return new WorkspaceTotals(rows, calls, rateLimited, waitedByCause, canary, null, null);
    }
  }

  /** This run with its workspaces and options. */
  RunRecord with(List<RunSpec.Workspace> workspaces, Map<String, String> options) {
    return new RunRecord(
        id,
        spec.with(workspaces, options),
        status,
        exitCode,
        startedAt,
        endedAt,
        rows,
        resultsPath,
        calls,
        rateLimited,
        stopped,
        waitedByCause,
        canary);
  }

  /** How long the run took, from its first start to its last end; null if it has not ended. */
  public @Nullable Duration duration() {
    return endedAt == null ? null : Duration.between(startedAt, endedAt);
  }

  /** A run that has just begun. */
  static RunRecord begun(int id, RunSpec spec, @Nullable String resultsPath, Instant at) {
    return new RunRecord(
        id, spec, RunStatus.RUNNING, null, at, null, null, resultsPath, 0, 0, null, Map.of(), 0);
  }
}
