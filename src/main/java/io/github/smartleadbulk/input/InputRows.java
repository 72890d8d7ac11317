package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One way through the rows of a file, from the first to the last. */
public final class InputRows implements AutoCloseable {

  private final Records records;
  private final RowParser parser;
  private final DuplicateRule duplicates;

  /**
   * @param records with the header behind them
   */
  InputRows(Records records, RowParser parser, DuplicateRule duplicates) {
    this.records = records;
    this.parser = parser;
    this.duplicates = duplicates;
  }

  /**
   * The next row, or null after the last.
   *
   * @throws InputException if the file cannot be understood from here on
   */
  public @Nullable InputRow read() throws IOException {
    AccountRow row = records.read();
    return row == null ? null : duplicates.apply(parser.parse(row));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
