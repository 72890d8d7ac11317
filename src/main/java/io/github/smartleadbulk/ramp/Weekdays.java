package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.Cells;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The weekdays that count. */
record Weekdays(Set<DayOfWeek> days) {

  static final Weekdays ALL = new Weekdays(EnumSet.allOf(DayOfWeek.class));

  private static final Pattern DASH = Pattern.compile("\\s*[-–]\\s*");
  private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");

  Weekdays {
    days = Set.copyOf(days);
  }

  /**
   * Reads days and ranges of days: {@code mon-fri}, {@code mon,wed,fri}, {@code sat-mon}. A range
   * may cross the end of the week. Names may be written out, in upper or lower case. Commas,
   * semicolons or blanks separate them.
   *
   * @throws IllegalArgumentException if the cell holds anything else
   */
  static Weekdays parse(String cell) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String range : BETWEEN.split(DASH.matcher(Cells.stripped(cell)).replaceAll("-"), -1)) {
      String[] ends = range.split("-", -1);
      DayOfWeek first = find(ends[0]);
      DayOfWeek last = find(ends[ends.length - 1]);
      if (first == null || last == null || ends.length > 2) {
        throw new IllegalArgumentException(
            "found "
                + Cells.shown(cell)
                + ", expected days of the week such as mon-fri or mon,wed,fri");
      }
      for (DayOfWeek day = first; day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return new Weekdays(days);
  }

  /** Finds a day by its first three letters or more: {@code mon}, {@code Thurs}, {@code FRIDAY}. */
  private static @Nullable DayOfWeek find(String text) {
    String start = text.toUpperCase(Locale.ROOT);
    return start.length() < 3
        ? null
        : Arrays.stream(DayOfWeek.values())
            .filter(day -> day.name().startsWith(start))
            .findFirst()
            .orElse(null);
  }

  /**
   * How many days count from one date to another, including both; 0 if the second date is earlier.
   */
  long countIn(LocalDate first, LocalDate last) {
    long all = Math.max(0, ChronoUnit.DAYS.between(first, last) + 1);
    long count = all / 7 * days.size();
    DayOfWeek day = first.getDayOfWeek();
    for (long rest = all % 7; rest > 0; rest--) {
      count += days.contains(day) ? 1 : 0;
      day = day.plus(1);
    }
    return count;
  }
}
