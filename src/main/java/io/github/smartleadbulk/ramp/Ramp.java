package io.github.smartleadbulk.ramp;

import java.time.LocalDate;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An account's daily limit as a function of the date. It never falls from one day to the next.
 *
 * <p>On {@code from}, the limit is that of the course's first day, whether or not that day counts.
 * Each later day that counts moves the course on by one day. A day counts if its weekday counts, it
 * is not in a pause, and it is not after {@code until}. After {@code until}, the limit stays the
 * same.
 */
public final class Ramp {

  private final LocalDate from;
  private final @Nullable LocalDate until;
  private final Weekdays weekdays;
  private final Pauses pauses;
  private final Course course;

  /**
   * @param until the last day on which the limit may rise; null for no end
   */
  Ramp(LocalDate from, @Nullable LocalDate until, Weekdays weekdays, Pauses pauses, Course course) {
    this.from = from;
    this.until = until;
    this.weekdays = weekdays;
    this.pauses = pauses;
    this.course = course.inWeeksOf(weekdays.days().size());
  }

  /** The limit on a date; empty before the ramp begins. */
  public OptionalLong limitOn(LocalDate date) {
    return date.isBefore(from)
        ? OptionalLong.empty()
        : OptionalLong.of(course.limitAfter(countedDays(date)));
  }

  /** Whether a pause keeps the limit from rising on a date. */
  public boolean isPausedOn(LocalDate date) {
    return date.isAfter(from) && (until == null || !date.isAfter(until)) && pauses.contain(date);
  }

  private long countedDays(LocalDate date) {
    LocalDate last = until != null && until.isBefore(date) ? until : date;
    if (!last.isAfter(from)) {
      return 0;
    }
    LocalDate first = from.plusDays(1);
    return weekdays.countIn(first, last) - pauses.countIn(first, last, weekdays);
  }
}
