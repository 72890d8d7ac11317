package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One pass over the rows of a file. */
public final class InputRows implements AutoCloseable {

  private final CsvRecords records;
  private final RowParser parser;
  private final AddressBook book;
  private final UnaryOperator<InputRow> filling;
  private final DuplicateRule duplicates;

  /**
   * @param records the records after the header
   * @param filling adds the values that a row sets in addition to its cells
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
   * @throws InputException if the rest of the file cannot be read
   */
  public @Nullable InputRow read() throws IOException {
    AccountRow row = records.read();
    return row == null ? null : duplicates.apply(lookedUp(filling.apply(parser.parse(row))));
  }

  /** Skips the next rows without checking them. */
  public void skip(long count) throws IOException {
    records.skip(count);
  }

  /** Adds the account id to a row if exactly one account has its address. */
  private InputRow lookedUp(InputRow row) {
    String address = row.fromEmail();
    if (row.accountId() != null || address == null) {
      return row;
    }
    List<Long> ids = book.find(row.workspace(), address);
    return ids.size() == 1
        ? new InputRow(row.row(), row.verdict(), ids.get(0), address, row.workspace())
        : row;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
