package io.github.smartleadbulk.state;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the work of a process on a run ended.
 *
 * @param stopped why it ended before the last row; null if it did not
 * @param waitedByCause how long this and all earlier processes waited for their calls
 */
public record RunEnding(
    RunStatus status,
    @Nullable Integer exitCode,
    @Nullable String stopped,
    Map<String, Duration> waitedByCause) {

  public RunEnding {
    waitedByCause = Map.copyOf(waitedByCause);
  }

  /** This ending with the waits that are known by now. */
  RunEnding waited(Map<String, Duration> waitedSoFar) {
    return new RunEnding(status, exitCode, stopped, waitedSoFar);
  }

  /** What still holds while another process works on the run. */
  RunEnding runningAgain() {
    return new RunEnding(RunStatus.RUNNING, exitCode, null, waitedByCause);
  }
}
