package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import org.jspecify.annotations.Nullable;

/** Follows quotes and lines through a file that cannot be read, to the quote that is wrong. */
final class QuoteTracker {

  private static final String DOUBLED = "; a quote inside a quoted cell is written twice (\"\")";

  private enum State {
    CELL_START,
    UNQUOTED,
    QUOTED,
    /** The cell ends here, or the next character is a second quote. */
    QUOTE_IN_QUOTED,
    AFTER_QUOTED
  }

  private final Source source;
  private final char delimiter;
  private State state = State.CELL_START;
  private char last;
  private long line = 1;
  private int column = 1;
  private long length;
  private long recordLine = 1;
  private long quoteLine;
  private @Nullable InputException fault;

  QuoteTracker(Source source, char delimiter) {
    this.source = source;
    this.delimiter = delimiter;
  }

  /** The line of the character that comes next. */
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
      if (state == State.CELL_START) {
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

  /** The first quote that is wrong, after the whole file was taken. */
  @Nullable InputException faultAtEnd() {
    return fault == null && state == State.QUOTED ? unclosed("the end of the file") : fault;
  }

  private @Nullable InputException step(char c) {
    switch (state) {
      case CELL_START -> {
        if (c == '"') {
          quoteLine = line;
          state = State.QUOTED;
        } else if (!endsCell(c)) {
          state = State.UNQUOTED;
        }
      }
      case UNQUOTED -> endsCell(c);
      case QUOTED -> {
        if (c == '"') {
          state = State.QUOTE_IN_QUOTED;
        }
      }
      case QUOTE_IN_QUOTED -> {
        if (c == '"') {
          state = State.QUOTED;
        } else {
          return afterQuoted(c);
        }
      }
      case AFTER_QUOTED -> {
        return afterQuoted(c);
      }
    }
    return null;
  }

  private boolean endsCell(char c) {
    if (c != delimiter && c != '\n' && c != '\r') {
      return false;
    }
    column++;
    state = State.CELL_START;
    return true;
  }

  /** Blanks between a closing quote and the delimiter are common and say nothing. */
  private @Nullable InputException afterQuoted(char c) {
    if (endsCell(c)) {
      return null;
    }
    state = State.AFTER_QUOTED;
    if (Character.isWhitespace(c)) {
      return null;
    }
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
    return state == State.QUOTED
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
