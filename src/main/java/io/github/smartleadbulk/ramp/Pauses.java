package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.Cells;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates on which no limit rises.
 *
 * @param ranges ascending, without overlaps
 */
record Pauses(List<Range> ranges) {

  static final Pauses NONE = new Pauses(List.of());

  private static final Pattern DOTS = Pattern.compile("\\s*\\.\\.\\s*");
  private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");

  Pauses {
    ranges = merged(ranges);
  }

  /** Includes both dates. */
  record Range(LocalDate first, LocalDate last) {}

  /**
   * Reads dates and ranges of dates: {@code 2026-12-24..2027-01-02; 2027-04-05}. Semicolons, commas
   * or blanks separate them. Ranges may overlap.
   *
   * @throws IllegalArgumentException if the cell holds anything else
   */
  static Pauses parse(String cell) {
    List<Range> ranges = new ArrayList<>();
    String text = Cells.stripped(cell);
    for (String rangeText : BETWEEN.split(DOTS.matcher(text).replaceAll(".."), -1)) {
      Range range = find(rangeText);
      if (range == null) {
        throw new IllegalArgumentException(
            "found "
                + Cells.shown(cell)
                + ", expected dates or ranges such as 2026-12-24..2027-01-02; 2027-04-05");
      }
      if (range.last().isBefore(range.first())) {
        throw new IllegalArgumentException(
            "found " + Cells.shown(rangeText) + ", expected the earlier date first");
      }
      ranges.add(range);
    }
    return new Pauses(ranges);
  }

  private static @Nullable Range find(String text) {
    int dots = text.indexOf("..");
    LocalDate first = Dates.find(dots < 0 ? text : text.substring(0, dots));
    LocalDate last = dots < 0 ? first : Dates.find(text.substring(dots + 2));
    return first == null || last == null ? null : new Range(first, last);
  }

  private static List<Range> merged(List<Range> ranges) {
    List<Range> merged = new ArrayList<>();
    for (Range range : ranges.stream().sorted(Comparator.comparing(Range::first)).toList()) {
      int end = merged.size() - 1;
      if (end < 0 || range.first().isAfter(merged.get(end).last())) {
        merged.add(range);
      } else if (range.last().isAfter(merged.get(end).last())) {
        merged.set(end, new Range(merged.get(end).first(), range.last()));
      }
    }
    return List.copyOf(merged);
  }

  /** How many of the weekdays are paused from one date to another, including both. */
  long countIn(LocalDate first, LocalDate last, Weekdays weekdays) {
    long count = 0;
    for (Range range : ranges) {
      count += weekdays.countIn(later(first, range.first()), earlier(last, range.last()));
    }
    return count;
  }

  boolean contain(LocalDate date) {
    return ranges.stream()
        .anyMatch(range -> !date.isBefore(range.first()) && !date.isAfter(range.last()));
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
