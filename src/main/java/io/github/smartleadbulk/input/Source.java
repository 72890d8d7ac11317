package io.github.smartleadbulk.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that can be read again and again.
 *
 * @param name what messages call the file
 */
record Source(Content content, String name, Encoding encoding) {

  private static final int BUFFER = 1 << 16;

  /** Opens the bytes; the caller closes them. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  static Source of(Path file, String name, @Nullable Charset given) throws IOException {
    return of(() -> Files.newInputStream(file), name, given);
  }

  /** Of a file that is not there yet as a whole. */
  static Source ofStart(byte[] start, String name, @Nullable Charset given) throws IOException {
    return of(() -> new ByteArrayInputStream(start), name, given);
  }

  private static Source of(Content content, String name, @Nullable Charset given)
      throws IOException {
    return new Source(content, name, Encoding.of(start(content), given));
  }

  private static byte[] start(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return in.readNBytes(FileKind.START);
    }
  }

  /**
   * Looks at how the file begins.
   *
   * @throws InputException if it is no CSV, or not in the encoding that it would be read in
   */
  void checkStart() throws IOException {
    byte[] start = start(content);
    String fault = encoding.fault(start);
    if (fault != null) {
      throw refused(fault);
    }
    try (InputStream in = openBytes()) {
      FileKind kind = FileKind.find(in.readNBytes(FileKind.START));
      if (kind != null) {
        throw refused(kind.message());
      }
    }
  }

  /** The bytes after the byte order mark. */
  InputStream openBytes() throws IOException {
    InputStream in = new BufferedInputStream(content.open(), BUFFER);
    try {
      in.skipNBytes(encoding.markLength());
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The records with the header as the first. */
  Records openRecords(char delimiter) throws IOException {
    return openRecords(delimiter, BUFFER);
  }

  /** For the header alone, so that a fault further down is not taken for one of the header. */
  Records openHeader(char delimiter) throws IOException {
    return openRecords(delimiter, 1);
  }

  private Records openRecords(char delimiter, int portion) throws IOException {
    return new Records(this, new GuardedReader(openText(), portion), delimiter);
  }

  InputStreamReader openText() throws IOException {
    return new InputStreamReader(openBytes(), encoding.strictDecoder());
  }

  InputException refused(String why) {
    return new InputException(name + ": " + why);
  }

  InputException refused(long line, String why) {
    return new InputException(name + ", line " + line + ": " + why);
  }

  InputException refused(long line, @Nullable Integer column, String why) {
    return column == null
        ? refused(line, why)
        : new InputException(name + ", line " + line + ", column " + column + ": " + why);
  }
}
