package io.github.smartleadbulk.csv;

import java.io.IOException;
import java.io.Reader;

/** Passes text on until it finds a NUL or a record that is far too long. */
public final class GuardedReader extends Reader {

  /**
   * A quote that is never closed turns the rest of the file into one cell. The limit stops reading
   * before that cell fills the memory.
   */
  public static final int LONGEST_RECORD = 4 << 20;

  private final Reader text;
  private final int portion;
  private int sinceRecordStart;

  /**
   * @param portion the most characters to read ahead
   */
  GuardedReader(Reader text, int portion) {
    this.text = text;
    this.portion = portion;
  }

  void recordStarts() {
    sinceRecordStart = 0;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    // The parser has consumed all earlier text and asks for more of the same record.
    if (sinceRecordStart > LONGEST_RECORD) {
      throw new UnreadableException("record too long");
    }
    int count = text.read(buffer, offset, Math.min(length, portion));
    for (int i = offset; i < offset + count; i++) {
      if (buffer[i] == '\0') {
        throw new UnreadableException("NUL");
      }
    }
    sinceRecordStart += Math.max(count, 0);
    return count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  /** Only a signal: {@link CsvFaultFinder} finds the message for the user. */
  static final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }
}
