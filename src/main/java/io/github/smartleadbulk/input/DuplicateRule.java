package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowProblem;
import java.util.List;

/** Decides what happens to a row that shares its account with others. */
interface DuplicateRule {

  InputRow apply(InputRow row);

  /** Makes every row that shares its account invalid. */
  static DuplicateRule refuse(Duplicates duplicates, Header header) {
    return row -> {
      long key = AccountKey.of(row);
      if (!duplicates.contains(key)) {
        return row;
      }
      return row.withProblems(
          List.of(
              problem(
                  row,
                  header,
                  duplicates.otherLines(key, row.row().line()),
                  "one row for each account (--duplicates merge joins rows that agree)")));
    };
  }

  /**
   * The problem that the account also occurs elsewhere. It names the column in which the row names
   * the account.
   */
  static RowProblem problem(InputRow row, Header header, String elsewhere, String expected) {
    int id = header.indexOf(Column.ACCOUNT_ID);
    boolean hasId = id >= 0 && Cells.parseAccountId(row.row().cells().get(id)) != null;
    return new RowProblem(
        header.nameOf(hasId ? Column.ACCOUNT_ID : Column.FROM_EMAIL),
        "account " + account(row, header) + " also in " + elsewhere,
        expected);
  }

  /** The account of a row for messages. The row must name an account. */
  static String account(InputRow row, Header header) {
    return header.has(Column.WORKSPACE)
        ? row.account() + " of workspace " + row.workspace()
        : row.account();
  }
}
