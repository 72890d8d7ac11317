package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.csv.CellScanner.Place;
import org.jspecify.annotations.Nullable;

/** Follows the quotes and lines of a file that cannot be read, to find the wrong quote. */
final class QuoteTracker {

  private static final String DOUBLED = "; inside a quoted cell, write a quote twice (\"\")";

  private final CsvSource source;
  private final char delimiter;
  private final CellScanner scanner;
  private char last;
  private long line = 1;
  private int column = 1;
  private long length;
  private long recordLine = 1;
  private long quoteLine;
  private @Nullable InputException fault;

  QuoteTracker(CsvSource source, char delimiter) {
    this.source = source;
    this.delimiter = delimiter;
    this.scanner = new CellScanner(delimiter);
  }

  /** The line of the next character. */
  long line() {
    return line;
  }

  void next(char c) {
    boolean secondOfLineBreak = c == '\n' && last == '\r';
    last = c;
    if (secondOfLineBreak) {
      return;
    }
    if (fault == null) {
      fault = step(c);
    }
    if (c == '\n' || c == '\r') {
      line++;
      if (scanner.place() == Place.START) {
        column = 1;
        length = 0;
        recordLine = line;
        return;
      }
    }
    if (++length > GuardedReader.LONGEST_RECORD && fault == null) {
      fault = tooLong();
    }
  }

  /** The fault of the first wrong quote. Call after the whole file. */
  @Nullable InputException faultAtEnd() {
    return fault == null && scanner.place() == Place.QUOTED
        ? unclosed("the end of the file")
        : fault;
  }

  private @Nullable InputException step(char c) {
    Place before = scanner.place();
    boolean gap = scanner.isGap(c);
    boolean end = scanner.endsCell(c);
    scanner.next(c);
    if (end) {
      column++;
    } else if (before == Place.START && c == '"') {
      quoteLine = line;
    } else if (!gap && scanner.place() == Place.AFTER_QUOTED) {
      return textAfterQuote(c);
    }
    return null;
  }

  private InputException textAfterQuote(char c) {
    return source.refused(
        line,
        column,
        "found "
            + Cells.shown(String.valueOf(c))
            + " after the closing quote of a cell"
            + (quoteLine == line ? "" : " that starts in line " + quoteLine)
            + ", expected the delimiter "
            + Delimiter.shown(delimiter)
            + " or the end of the line"
            + DOUBLED);
  }

  private InputException tooLong() {
    String limit = GuardedReader.LONGEST_RECORD + " characters";
    return scanner.place() == Place.QUOTED
        ? unclosed("the row has " + limit)
        : source.refused(
            recordLine, "found a row of more than " + limit + ", expected a shorter one");
  }

  private InputException unclosed(String end) {
    return source.refused(
        quoteLine,
        column,
        "found a quote that opens a cell and is never closed, expected a closing quote before "
            + end
            + DOUBLED);
  }
}
