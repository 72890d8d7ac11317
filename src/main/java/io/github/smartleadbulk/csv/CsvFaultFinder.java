package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Finds where and why a file cannot be read. Normal reading is fast and only notices that something
 * is wrong. This class reads the file once more to name the place.
 */
final class CsvFaultFinder {

  private final CsvSource source;
  private final QuoteTracker quotes;

  CsvFaultFinder(CsvSource source, char delimiter) {
    this.source = source;
    this.quotes = new QuoteTracker(source, delimiter);
  }

  /**
   * Finds the first byte that cannot be read or, if there is none, the first wrong quote. Bytes
   * come first because in a wrong encoding, what looks like a quote may not be one.
   */
  InputException find() throws IOException {
    try (InputStream in = source.openBytes()) {
      PieceDecoder decoder = new PieceDecoder(in, source.encoding());
      for (CharBuffer chars = decoder.next(); chars != null; chars = decoder.next()) {
        InputException fault = look(chars);
        if (fault != null) {
          return fault;
        }
      }
      byte[] invalid = decoder.invalidBytes();
      if (invalid != null) {
        return badBytes(invalid, source.encoding().markLength() + decoder.position());
      }
    }
    InputException fault = quotes.faultAtEnd();
    return fault != null
        ? fault
        : source.refused("the file could not be read; it may have changed meanwhile. Try again");
  }

  private @Nullable InputException look(CharBuffer chars) throws IOException {
    while (chars.hasRemaining()) {
      char c = chars.get();
      if (c == '\0') {
        return nul(isNulToTheEnd());
      }
      quotes.next(c);
    }
    return null;
  }

  private InputException nul(boolean toTheEnd) {
    return source.refused(
        quotes.line(),
        toTheEnd
            ? "found only NUL characters from here to the end of the file, expected rows: the file was"
                + " not copied completely; copy it again"
            : "found a NUL character, expected text: take the file from its source again, or, if it"
                + " is UTF-16 without a byte order mark, add --charset UTF-16LE");
  }

  /** Whether only NULs follow the first NUL. */
  private boolean isNulToTheEnd() throws IOException {
    boolean nul = false;
    try (Reader text = source.openText()) {
      for (int c = text.read(); c >= 0; c = text.read()) {
        if (nul && c != 0) {
          return false;
        }
        nul |= c == 0;
      }
    } catch (CharacterCodingException e) {
      return false;
    }
    return true;
  }

  private InputException badBytes(byte[] found, long offset) {
    Charset charset = source.encoding().charset();
    return source.refused(
        quotes.line(),
        (found.length == 1 ? "found the byte " : "found the bytes ")
            + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(found)
            + " at byte "
            + (offset + 1)
            + " of the file, not valid in "
            + charset
            + whatToDo(charset, found));
  }

  private String whatToDo(Charset charset, byte[] found) {
    if (source.encoding().markLength() > 0) {
      return ", the encoding that the byte order mark names: save the file again";
    }
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return ": give the encoding of the file with --charset";
    }
    String windows = letter(found, "windows-1252");
    String mac = letter(found, "x-MacRoman");
    return (windows.isEmpty() || mac.isEmpty()
            ? ""
            : ", where windows-1252 has " + windows + " and x-MacRoman " + mac)
        + ": save the file as \"CSV UTF-8\", or add its encoding: --charset windows-1252 (Excel on"
        + " Windows) or --charset x-MacRoman (Excel on a Mac)";
  }

  /** The first byte as a letter in a charset, so that the user can recognise the right charset. */
  private static String letter(byte[] found, String charset) {
    if (found.length == 0 || !Charset.isSupported(charset)) {
      return "";
    }
    String letter = new String(found, 0, 1, Charset.forName(charset));
    return letter.equals("\uFFFD") ? "nothing" : Cells.shown(letter);
  }
}
