package io.github.smartleadbulk.journal;

import java.io.IOException;
import java.util.List;

/** Where a {@link JournalWriter} writes. Used by its thread alone, but for the length. */
public interface JournalTarget extends AutoCloseable {

  /**
   * Writes records. When this returns, they are on record whatever happens.
   *
   * @throws IOException if they cannot be written; nothing is written after that
   */
  void write(List<JournalRecord> records) throws IOException;

  /** The position behind the last record written. */
  long length();

  @Override
  void close() throws IOException;
}
