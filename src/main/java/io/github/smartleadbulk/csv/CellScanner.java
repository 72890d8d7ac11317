package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;

/**
 * Follows a CSV character by character: where a cell begins, is quoted, and ends. One grammar for
 * all that look at a file without taking its cells, and the one that the records are read by.
 *
 * <p>Blanks between a delimiter and a quote, on either side of a quoted cell, belong to no cell:
 * other programs write {@code 1, "Jane"}.
 */
public final class CellScanner {

  /** Where the next character stands. */
  public enum Place {
    /** Before the cell's first character that is not blank. */
    START,
    UNQUOTED,
    QUOTED,
    /** Behind a quote in a quoted cell: the end of the cell, or half of a doubled quote. */
    QUOTE,
    AFTER_QUOTED
  }

  private final int delimiter;
  private Place place = Place.START;
  private int cell;

  public CellScanner(int delimiter) {
    this.delimiter = delimiter;
  }

  public Place place() {
    return place;
  }

  /** The cell of the next character, from 0. */
  public int cell() {
    return cell;
  }

  /** Whether a character here is a blank that belongs to no cell, if a quote stands beside it. */
  public boolean isGap(int c) {
    return place != Place.UNQUOTED
        && place != Place.QUOTED
        && c != delimiter
        && !isLineBreak(c)
        && Cells.isBlank(c);
  }

  /** Whether a character here ends the cell. */
  public boolean endsCell(int c) {
    return place != Place.QUOTED && (c == delimiter || isLineBreak(c));
  }

  public static boolean isLineBreak(int c) {
    return c == '\n' || c == '\r';
  }

  public void next(int c) {
    if (endsCell(c)) {
      place = Place.START;
      cell = isLineBreak(c) ? 0 : cell + 1;
      return;
    }
    place =
        switch (place) {
          case START -> c == '"' ? Place.QUOTED : Cells.isBlank(c) ? Place.START : Place.UNQUOTED;
          case UNQUOTED -> Place.UNQUOTED;
          case QUOTED -> c == '"' ? Place.QUOTE : Place.QUOTED;
          case QUOTE -> c == '"' ? Place.QUOTED : Place.AFTER_QUOTED;
          case AFTER_QUOTED -> Place.AFTER_QUOTED;
        };
  }
}
