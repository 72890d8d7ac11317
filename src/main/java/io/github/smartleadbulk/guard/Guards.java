package io.github.smartleadbulk.guard;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The guards that keep a run from doing more than you meant. They may differ between the processes
 * of a run. Null and zero mean no guard.
 *
 * @param maxChanges how many accounts the run may change; a percentage is of the rows
 * @param maxIncrease by how much a daily limit may rise; a percentage is of the present limit
 * @param maxFailures how many rows may be failed or uncertain in this process; a percentage is of
 *     the rows
 * @param canary how many rows to send first and read back
 * @param allowEmptying whether the run may empty the signatures of any number of accounts
 * @param allowSameBcc whether all rows may set the same BCC address
 * @param finishBy when the last call must have ended, by the system clock
 * @param maxDuration how long after the start the last call must have ended, even if the system
 *     clock is changed
 * @param day where the day of the input's limits comes from
 */
public record Guards(
    @Nullable Share maxChanges,
    @Nullable Share maxIncrease,
    @Nullable Share maxFailures,
    int canary,
    boolean allowEmptying,
    boolean allowSameBcc,
    @Nullable Instant finishBy,
    @Nullable Duration maxDuration,
    Day day) {

  /** Where a day comes from. */
  public enum Day {
    /** The input has no day, or its day comes from an earlier process. */
    KEPT,
    /** The day comes from the system clock. */
    TODAY,
    /** The user gave the day. */
    GIVEN
  }

  /** Only the guards that are always on. */
  public static Guards usual() {
    return new Guards(null, null, null, 0, false, false, null, null, Day.KEPT);
  }

  /** These guards with other bounds. */
  public Guards with(
      @Nullable Share otherMaxChanges,
      @Nullable Share otherMaxIncrease,
      @Nullable Share otherMaxFailures,
      int otherCanary) {
    return new Guards(
        otherMaxChanges,
        otherMaxIncrease,
        otherMaxFailures,
        otherCanary,
        allowEmptying,
        allowSameBcc,
        finishBy,
        maxDuration,
        day);
  }

  public boolean hasDeadline() {
    return finishBy != null || maxDuration != null;
  }
}
