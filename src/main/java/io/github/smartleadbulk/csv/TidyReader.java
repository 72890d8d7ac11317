package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;
import java.io.IOException;
import java.io.Reader;

/**
 * Removes what belongs to no cell but would confuse the CSV parser: blanks before the opening quote
 * of a cell, and a final Ctrl-Z, which ends DOS texts. After a closing quote, the parser skips
 * spaces but no other Unicode blanks, so those become spaces. All lines keep their numbers.
 */
final class TidyReader extends Reader {

  private static final char CTRL_Z = '\u001A';

  private final Reader text;
  private final CellScanner scanner;
  private final char space;
  private final char[] portion = new char[1 << 13];

  /** Blanks at the beginning of a cell, held back because a quote may follow. */
  private final StringBuilder blanks = new StringBuilder();

  /** Text from a Ctrl-Z on, held back because the end may follow. */
  private final StringBuilder perhapsLast = new StringBuilder();

  private final StringBuilder ready = new StringBuilder();
  private int taken;
  private boolean ended;

  TidyReader(Reader text, char delimiter) {
    this.text = text;
    this.scanner = new CellScanner(delimiter);
    this.space = delimiter == ' ' ? '\t' : ' ';
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    while (taken == ready.length() && !ended) {
      ready.setLength(0);
      taken = 0;
      fill();
    }
    int count = Math.min(length, ready.length() - taken);
    if (count == 0 && length > 0) {
      return -1;
    }
    ready.getChars(taken, taken + count, buffer, offset);
    taken += count;
    return count;
  }

  private void fill() throws IOException {
    int count = text.read(portion, 0, portion.length);
    if (count < 0) {
      ended = true;
      ready.append(blanks);
      return;
    }
    for (int i = 0; i < count; i++) {
      char c = portion[i];
      boolean mayBeLast =
          scanner.place() != CellScanner.Place.QUOTED
              && (c == CTRL_Z || (!perhapsLast.isEmpty() && Cells.isBlank(c)));
      if (mayBeLast) {
        perhapsLast.append(c);
        continue;
      }
      for (int held = 0; held < perhapsLast.length(); held++) {
        take(perhapsLast.charAt(held));
      }
      perhapsLast.setLength(0);
      take(c);
    }
  }

  private void take(char c) {
    boolean start = scanner.place() == CellScanner.Place.START;
    if (scanner.isGap(c)) {
      if (start) {
        blanks.append(c);
      } else {
        ready.append(space);
      }
    } else {
      if (c != '"' || !start) {
        ready.append(blanks);
      }
      blanks.setLength(0);
      ready.append(c);
    }
    scanner.next(c);
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
