package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.guard.Guards;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How a run is carried out; may differ from one process that works on it to the next.
 *
 * @param strict one invalid row and nothing is sent
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

  /** Whether the calls count for later processes too. */
  public enum CallMemory {
    KEPT,
    /** The server is new with every run and has seen no calls: an embedded sandbox. */
    NONE
  }

  private static final int LARGEST_CHUNK = 500;

  /**
   * Rows from one commit of Spring Batch to the next: what the limits let through in about a
   * second, so that results.csv is up to date, and never so many that a restart reads much again.
   */
  public int chunkSize() {
    double perSecond = LARGEST_CHUNK;
    for (RateWindow window : client.windows()) {
      perSecond = Math.min(perSecond, window.calls() * 1000.0 / window.length().toMillis());
    }
    return Math.max(1, (int) perSecond);
  }

  /** When the run has to be over; null for whenever. */
  public @Nullable Deadline deadline(Clock clock) {
    return Deadline.of(guards, client.timeout(), clock);
  }
}
