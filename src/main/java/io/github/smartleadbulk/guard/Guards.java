package io.github.smartleadbulk.guard;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a run from doing more than was meant. May differ from one process that works on a run
 * to the next; null and zero are no guard.
 *
 * @param maxChanges accounts that may be changed, of the rows of the input
 * @param maxIncrease by which a daily limit may rise, of what it is
 * @param maxFailures rows that may fail or stay uncertain while this process works, of the rows of
 *     the input
 * @param canary rows that are sent first and read back
 * @param allowEmptying lets signatures of any number of accounts be emptied
 * @param allowSameBcc lets all rows set the same BCC address
 * @param finishBy when the last call has to be over, on the clock on the wall
 * @param maxDuration how long after the start it has to be, whatever is done to that clock
 * @param day where the day comes from whose limits the input has
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
    /** The input has no day, or it is that of an earlier process. */
    KEPT,
    /** The clock on the wall. */
    TODAY,
    /** The user. */
    GIVEN
  }

  /** Only those that are always there. */
  public static Guards usual() {
    return new Guards(null, null, null, 0, false, false, null, null, Day.KEPT);
  }

  public boolean hasDeadline() {
    return finishBy != null || maxDuration != null;
  }
}
