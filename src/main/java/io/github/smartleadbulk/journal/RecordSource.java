package io.github.smartleadbulk.journal;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The records of a journal, from a position on. It reads what was there when it was opened; another
 * process may append meanwhile. Not thread-safe.
 */
public interface RecordSource extends AutoCloseable {

  /**
   * The next records; empty after the last one.
   *
   * @throws DamagedJournalException if the journal is damaged here
   */
  List<JournalRecord> next() throws IOException;

  /** The position behind the records that {@link #next} returned last. */
  long position();

  /**
   * Passes all remaining records to the action, in order. Meanwhile, {@link #position} is behind
   * the record and those that were read with it.
   */
  default void forEach(Consumer<JournalRecord> action) throws IOException {
    for (List<JournalRecord> records = next(); !records.isEmpty(); records = next()) {
      records.forEach(action);
    }
  }

  @Override
  void close() throws IOException;
}
