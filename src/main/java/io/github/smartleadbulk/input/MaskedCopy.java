package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.csv.CellScanner;
import io.github.smartleadbulk.csv.Encoding;
import io.github.smartleadbulk.csv.GuardedReader;
import io.github.smartleadbulk.csv.PieceDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.util.BitSet;

/**
 * Copies a file and masks ignored columns, which may hold passwords. Each letter in them becomes an
 * asterisk. Everything else keeps its line, cell and byte position, and a copy of the copy is
 * identical.
 *
 * <p>A record that is not valid CSV keeps its fault: the copy masks the whole record except quotes
 * and delimiters. The copy ends at the first bytes that are not valid in the charset.
 */
final class MaskedCopy {

  private static final char MASK = '*';
  private static final char CTRL_Z = '\u001A';

  private final Header header;
  private final Encoding encoding;
  private final char delimiter;
  private final StringBuilder record = new StringBuilder();
  private CellScanner scanner;

  /** Follows {@link #scanner} when the record is written, after the whole record has been seen. */
  private CellScanner masked;

  private boolean damaged;
  private long line = 1;
  private long recordLine = 1;
  private char last;

  MaskedCopy(Header header, Encoding encoding, char delimiter) {
    this.header = header;
    this.encoding = encoding;
    this.delimiter = delimiter;
    this.scanner = new CellScanner(delimiter);
    this.masked = new CellScanner(delimiter);
  }

  /** Copies all bytes, including the byte order mark and the header. */
  void copy(InputStream in, OutputStream out) throws IOException {
    out.write(in.readNBytes(encoding.markLength()));
    CharsetEncoder encoder =
        encoding.charset().newEncoder().onUnmappableCharacter(CodingErrorAction.REPLACE);
    Writer text = new OutputStreamWriter(out, encoder);
    PieceDecoder decoder = new PieceDecoder(in, encoding);
    for (CharBuffer chars = decoder.next(); chars != null; chars = decoder.next()) {
      take(chars, text);
    }
    byte[] invalid = decoder.invalidBytes();
    damaged |= invalid != null || scanner.place() == CellScanner.Place.QUOTED;
    write(text);
    text.flush();
    if (invalid != null) {
      out.write(invalid);
    }
  }

  private void take(CharBuffer chars, Writer text) throws IOException {
    while (chars.hasRemaining()) {
      char c = chars.get();
      boolean end = scanner.endsCell(c) && CellScanner.isLineBreak(c);
      damaged |= isAfterQuote() && !end && !scanner.endsCell(c) && !scanner.isGap(c) && c != '"';
      scanner.next(c);
      record.append(c);
      boolean secondOfLineBreak = c == '\n' && last == '\r';
      line += CellScanner.isLineBreak(c) && !secondOfLineBreak ? 1 : 0;
      last = c;
      if (end) {
        write(text);
        damaged = false;
        scanner = new CellScanner(delimiter);
        masked = new CellScanner(delimiter);
        recordLine = line;
      } else if (record.length() > GuardedReader.LONGEST_RECORD) {
        // No row is this long. A quote was never closed, and nobody knows which column follows.
        damaged = true;
        write(text);
      }
    }
  }

  private boolean isAfterQuote() {
    return scanner.place() == CellScanner.Place.QUOTE
        || scanner.place() == CellScanner.Place.AFTER_QUOTED;
  }

  private void write(Writer text) throws IOException {
    if (recordLine <= header.line()) {
      text.append(record);
      record.setLength(0);
      return;
    }
    BitSet passedOver = header.passedOver(cells());
    boolean faultShown = false;
    for (int i = 0; i < record.length(); ) {
      int c = record.codePointAt(i);
      i += Character.charCount(c);
      boolean isFault =
          masked.place() == CellScanner.Place.QUOTE
              || masked.place() == CellScanner.Place.AFTER_QUOTED;
      boolean isMasked = isContent(c) && (damaged || passedOver.get(masked.cell()));
      if (isMasked && !(isFault && !faultShown)) {
        text.append(mask(c));
      } else {
        text.append(Character.toString(c));
      }
      faultShown |= isMasked && isFault;
      masked.next(c);
    }
    record.setLength(0);
  }

  /** Whether a character is content, neither blank nor CSV syntax. A NUL is a fault and stays. */
  private boolean isContent(int c) {
    return c != '"' && c != 0 && !masked.endsCell(c) && !Cells.isBlank(c);
  }

  /** How many cells the record has, without extra blank cells. */
  private int cells() {
    CellScanner counting = new CellScanner(delimiter);
    int cells = 0;
    for (int i = 0; i < record.length(); i++) {
      char c = record.charAt(i);
      boolean says = c != '"' && c != CTRL_Z && !counting.endsCell(c) && !Cells.isBlank(c);
      if (counting.cell() < header.size() || says) {
        cells = counting.cell() + 1;
      }
      counting.next(c);
    }
    return cells;
  }

  private String mask(int c) {
    Charset charset = encoding.charset();
    String one = String.valueOf(MASK);
    return c < 0x80
        ? one
        : one.repeat(
            Math.max(
                1, Character.toString(c).getBytes(charset).length / one.getBytes(charset).length));
  }
}
