package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.guard.Guards;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How a run is carried out. The settings may differ between the processes of a run.
 *
 * @param strict whether one invalid row keeps all rows from being sent
 * @param resumesStale whether to go on although a later run has set the same fields
 * @param invocation for the commands that messages offer
 */
public record RunSettings(
    ClientSettings client,
    boolean strict,
    CallMemory callMemory,
    SnapshotSettings snapshot,
    Guards guards,
    boolean resumesStale,
    Invocation invocation) {

  /** Whether calls also count for later processes. */
  public enum CallMemory {
    KEPT,
    /** The server is an embedded sandbox, which starts with the run and has seen no calls. */
    NONE
  }

  private static final int LARGEST_CHUNK = 500;

  /**
   * The number of rows between two commits of Spring Batch: about one second's worth, so that
   * results.csv is up to date, and never so many that a restart has to read much again.
   */
  public int chunkSize() {
    double perSecond = LARGEST_CHUNK;
    for (RateWindow window : client.windows()) {
      perSecond = Math.min(perSecond, window.calls() * 1000.0 / window.length().toMillis());
    }
    return Math.max(1, (int) perSecond);
  }

  /** The deadline of a run that starts now; null for none. */
  public @Nullable Deadline deadline(Clock clock) {
    return Deadline.of(guards, client.timeout(), clock);
  }
}
