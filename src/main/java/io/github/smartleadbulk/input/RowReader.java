package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes rows of the records of a file. Thread-safe if the address book is. */
public final class RowReader {

  private final RowParser parser;
  private final UnaryOperator<InputRow> filling;
  private final DuplicateRule duplicates;

  /**
   * @param filling adds the values that a row sets in addition to its cells
   */
  RowReader(RowParser parser, UnaryOperator<InputRow> filling, DuplicateRule duplicates) {
    this.parser = parser;
    this.filling = filling;
    this.duplicates = duplicates;
  }

  /**
   * Reads a record after the header.
   *
   * @param book finds the account id of a row that has only an address
   */
  public InputRow read(AccountRow record, AddressBook book) {
    return duplicates.apply(lookedUp(filling.apply(parser.parse(record)), book));
  }

  /** Adds the account id to a row if exactly one account has its address. */
  private static InputRow lookedUp(InputRow row, AddressBook book) {
    String address = row.fromEmail();
    if (row.accountId() != null || address == null) {
      return row;
    }
    List<Long> ids = book.find(row.workspace(), address);
    return ids.size() == 1
        ? new InputRow(row.row(), row.verdict(), ids.get(0), address, row.workspace())
        : row;
  }
}
