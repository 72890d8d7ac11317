package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowProblem;
import java.util.List;

/** What the other rows for its account make of a row. */
interface DuplicateRule {

  InputRow apply(InputRow row);

  /** Every row that shares its account is invalid. */
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

  /** The account is also somewhere else: told where the row says which account it means. */
  static RowProblem problem(InputRow row, Header header, String elsewhere, String expected) {
    int id = header.indexOf(Column.ACCOUNT_ID);
    boolean hasId = id >= 0 && Cells.parseAccountId(row.row().cells().get(id)) != null;
    return new RowProblem(
        header.nameOf(hasId ? Column.ACCOUNT_ID : Column.FROM_EMAIL),
        "account " + account(row) + " also in " + elsewhere,
        expected);
  }

  /** What messages call the account of a row that says which one it means. */
  static String account(InputRow row) {
    return row.accountId() == null ? String.valueOf(row.fromEmail()) : row.accountId().toString();
  }
}
