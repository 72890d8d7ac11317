package io.github.smartleadbulk.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that can be read again and again.
 *
 * @param name what messages call the file
 */
record Source(Path file, String name, Encoding encoding) {

  private static final int BUFFER = 1 << 16;

  /** The bytes after the byte order mark. */
  InputStream openBytes() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.skipNBytes(encoding.markLength());
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  Records openRecords(char delimiter) throws IOException {
    return openRecords(delimiter, BUFFER);
  }

  /** For the header alone, so that a fault further down is not taken for one of the header. */
  Records openHeader(char delimiter) throws IOException {
    return openRecords(delimiter, 1);
  }

  private Records openRecords(char delimiter, int portion) throws IOException {
    InputStreamReader text = new InputStreamReader(openBytes(), encoding.strictDecoder());
    return new Records(this, new GuardedReader(text, portion), delimiter);
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
