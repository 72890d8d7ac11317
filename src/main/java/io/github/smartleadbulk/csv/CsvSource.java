package io.github.smartleadbulk.csv;

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
 * A file that can be read several times.
 *
 * @param name the name of the file in messages
 */
public record CsvSource(Content content, String name, Encoding encoding) {

  private static final int BUFFER = 1 << 16;

  /** Opens the bytes; the caller closes them. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  public static CsvSource of(Path file, String name, @Nullable Charset given) throws IOException {
    return of(() -> Files.newInputStream(file), name, given);
  }

  /** A source for the beginning of a file that is not complete yet. */
  public static CsvSource ofStart(byte[] start, String name, @Nullable Charset given)
      throws IOException {
    return of(() -> new ByteArrayInputStream(start), name, given);
  }

  private static CsvSource of(Content content, String name, @Nullable Charset given)
      throws IOException {
    return new CsvSource(content, name, Encoding.of(start(content), given));
  }

  private static byte[] start(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return in.readNBytes(FileKind.START);
    }
  }

  /**
   * Checks the beginning of the file.
   *
   * @throws InputException if the file is not a CSV or has another encoding
   */
  public void checkStart() throws IOException {
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
  public InputStream openBytes() throws IOException {
    InputStream in = new BufferedInputStream(content.open(), BUFFER);
    try {
      in.skipNBytes(encoding.markLength());
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Opens the records. The first is the header. */
  public CsvRecords openRecords(char delimiter) throws IOException {
    return openRecords(delimiter, BUFFER);
  }

  /**
   * Opens the records to read only the header. Reads no further ahead, so that a later fault is not
   * reported for the header.
   */
  public CsvRecords openHeader(char delimiter) throws IOException {
    return openRecords(delimiter, 1);
  }

  private CsvRecords openRecords(char delimiter, int portion) throws IOException {
    return new CsvRecords(this, new GuardedReader(openText(), portion), delimiter);
  }

  InputStreamReader openText() throws IOException {
    return new InputStreamReader(openBytes(), encoding.strictDecoder());
  }

  public InputException refused(String why) {
    return new InputException(name + ": " + why);
  }

  public InputException refused(long line, String why) {
    return new InputException(name + ", line " + line + ": " + why);
  }

  InputException refused(long line, @Nullable Integer column, String why) {
    return column == null
        ? refused(line, why)
        : new InputException(name + ", line " + line + ", column " + column + ": " + why);
  }
}
