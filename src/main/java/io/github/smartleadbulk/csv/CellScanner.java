package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;

/**
 * Follows a CSV character by character to find where cells begin and end and which are quoted. All
 * code that looks at a file without reading its cells uses this grammar, and the records are read
 * by the same grammar.
 *
 * <p>Blanks between a delimiter and a quote belong to no cell, because other programs write {@code
 * 1, "Jane"}.
 */
public final class CellScanner {

  /** The place of the next character. */
  public enum Place {
    /** Before the first character of a cell that is not blank. */
    START,
    UNQUOTED,
    QUOTED,
    /**
     * After a quote in a quoted cell. The quote ends the cell or is the first half of a doubled
     * quote.
     */
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

  /** The index of the next character's cell, from 0. */
  public int cell() {
    return cell;
  }

  /**
   * Whether a character at this place is a blank that belongs to no cell if a quote is next to it.
   */
  public boolean isGap(int c) {
    return place != Place.UNQUOTED
        && place != Place.QUOTED
        && c != delimiter
        && !isLineBreak(c)
        && Cells.isBlank(c);
  }

  /** Whether a character at this place ends the cell. */
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
