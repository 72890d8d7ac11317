package io.github.smartleadbulk.csv;

import java.io.IOException;
import java.io.Reader;

/** Passes text on until a NUL comes or a record outgrows all reason. */
public final class GuardedReader extends Reader {

  /**
   * A quote that never closes makes the rest of the file one cell; it must not have to fit into
   * memory before it is noticed.
   */
  public static final int LONGEST_RECORD = 4 << 20;

  private final Reader text;
  private final int portion;
  private int sinceRecordStart;

  /**
   * @param portion how many characters to read ahead at most
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
    // What was passed on before is consumed: the parser asks for more of the same record.
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

  /** {@link CsvFaultFinder} says it in words for the user. */
  static final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }
}
