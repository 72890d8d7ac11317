package io.github.smartleadbulk.ramp;

import io.github.smartleadbulk.account.Cells;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates in cells and options. Accepts ISO 8601 only, because 03/04/2026 can be in March or in
 * April.
 */
public final class Dates {

  static final String EXPECTED = "a date such as 2026-11-23 (year-month-day)";

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private Dates() {}

  /** The date, or null if the text is not a date. */
  static @Nullable LocalDate find(String text) {
    if (!DATE.matcher(text).matches()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Reads the date in a cell.
   *
   * @throws IllegalArgumentException if the cell does not hold a date
   */
  public static LocalDate parse(String cell) {
    LocalDate date = find(Cells.stripped(cell));
    if (date == null) {
      throw new IllegalArgumentException("found " + Cells.shown(cell) + ", expected " + EXPECTED);
    }
    return date;
  }
}
