package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One pass over the rows of a file. */
public final class InputRows implements AutoCloseable {

  private final CsvRecords records;
  private final RowReader reader;
  private final AddressBook book;

  /**
   * @param records the records after the header
   */
  InputRows(CsvRecords records, RowReader reader, AddressBook book) {
    this.records = records;
    this.reader = reader;
    this.book = book;
  }

  /**
   * The next row, or null after the last.
   *
   * @throws InputException if the rest of the file cannot be read
   */
  public @Nullable InputRow read() throws IOException {
    AccountRow record = records.read();
    return record == null ? null : reader.read(record, book);
  }

  /** Skips the next rows without checking them. */
  public void skip(long count) throws IOException {
    records.skip(count);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
