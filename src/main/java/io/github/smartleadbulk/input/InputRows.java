package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One way through the rows of a file, from the first to the last. */
public final class InputRows implements AutoCloseable {

  private final CsvRecords records;
  private final RowParser parser;
  private final AddressBook book;
  private final UnaryOperator<InputRow> filling;
  private final DuplicateRule duplicates;

  /**
   * @param records with the header behind them
   * @param filling what a row sets beyond its cells
   */
  InputRows(
      CsvRecords records,
      RowParser parser,
      UnaryOperator<InputRow> filling,
      AddressBook book,
      DuplicateRule duplicates) {
    this.records = records;
    this.parser = parser;
    this.filling = filling;
    this.book = book;
    this.duplicates = duplicates;
  }

  /**
   * The next row, or null after the last.
   *
   * @throws InputException if the file cannot be understood from here on
   */
  public @Nullable InputRow read() throws IOException {
    AccountRow row = records.read();
    return row == null ? null : duplicates.apply(lookedUp(filling.apply(parser.parse(row))));
  }

  /** Passes over the next rows without judging them. */
  public void skip(long count) throws IOException {
    records.skip(count);
  }

  /** The row with the account that has its address, where that is one and only one. */
  private InputRow lookedUp(InputRow row) {
    String address = row.fromEmail();
    if (row.accountId() != null || address == null) {
      return row;
    }
    List<Long> ids = book.find(address);
    return ids.size() == 1 ? new InputRow(row.row(), row.verdict(), ids.get(0), address) : row;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
