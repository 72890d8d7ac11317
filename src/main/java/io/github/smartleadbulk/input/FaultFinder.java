package io.github.smartleadbulk.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Says where and why a file cannot be read. Reading in earnest is fast and only notices that
 * something is wrong; this goes through the file once more to name the place.
 */
final class FaultFinder {

  private static final int BUFFER = 8192;

  private final Source source;
  private final QuoteTracker quotes;

  FaultFinder(Source source, char delimiter) {
    this.source = source;
    this.quotes = new QuoteTracker(source, delimiter);
  }

  /**
   * The first byte that cannot be read, else the first quote that is wrong: in a wrong encoding, or
   * with a wrong delimiter, what looks like a quote may be none.
   */
  InputException find() throws IOException {
    CharsetDecoder decoder = source.encoding().strictDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(BUFFER);
    long before = source.encoding().markLength();
    try (InputStream in = source.openBytes()) {
      boolean end = false;
      while (!end) {
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = count < 0;
        bytes.position(bytes.position() + Math.max(count, 0)).flip();
        CoderResult result;
        do {
          result = decoder.decode(bytes, chars, end);
          InputException fault = look(chars.flip());
          if (fault != null) {
            return fault;
          }
          chars.clear();
        } while (result.isOverflow());
        if (result.isError()) {
          return badBytes(bytes, result.length(), before + bytes.position());
        }
        before += bytes.position();
        bytes.compact();
      }
    }
    InputException fault = quotes.faultAtEnd();
    return fault != null
        ? fault
        : source.refused("could not be read; has it been changed in the meantime? Try again");
  }

  private @Nullable InputException look(CharBuffer chars) {
    while (chars.hasRemaining()) {
      char c = chars.get();
      if (c == '\0') {
        return nul();
      }
      quotes.next(c);
    }
    return null;
  }

  private InputException nul() {
    return source.refused(
        quotes.line(),
        "found a NUL character, expected text; UTF-16 without a byte order mark looks like this:"
            + " save the file as UTF-8, or try --charset UTF-16LE");
  }

  private InputException badBytes(ByteBuffer bytes, int length, long offset) {
    byte[] found = new byte[Math.min(length, bytes.remaining())];
    bytes.get(found);
    Charset charset = source.encoding().charset();
    return source.refused(
        quotes.line(),
        (found.length == 1 ? "found the byte " : "found the bytes ")
            + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(found)
            + " at byte "
            + (offset + 1)
            + " of the file, not valid in "
            + charset
            + ", expected "
            + charset
            + whatToDo(charset));
  }

  private String whatToDo(Charset charset) {
    if (source.encoding().markLength() > 0) {
      return " as the byte order mark at the start says: save the file again";
    }
    return charset.equals(StandardCharsets.UTF_8)
        ? ": save the file so, or name its own encoding, often --charset windows-1252"
        : ": name the file's own encoding with --charset";
  }
}
