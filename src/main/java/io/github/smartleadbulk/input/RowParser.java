package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceCells;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a row sets. It reads every cell, to report all problems at once. */
final class RowParser {

  private final Header header;
  private final Column[] columns;
  private final InputOptions options;
  private final WorkspaceCells workspaces;

  RowParser(Header header, InputOptions options) {
    this.header = header;
    this.columns = header.columns().toArray(new Column[0]);
    this.options = options;
    this.workspaces = new WorkspaceCells(options.workspaces());
  }

  InputRow parse(AccountRow row) {
    if (row.cells().size() != columns.length) {
      return new InputRow(
          row,
          new RowVerdict.Invalid(List.of(width(row, columns.length))),
          null,
          null,
          workspaces.usual());
    }
    return new Parsing(row).result();
  }

  /** The problem of a row that has more or fewer cells than the header. */
  static RowProblem width(AccountRow row, int expected) {
    int found = row.cells().size();
    return new RowProblem(
        "",
        found == 1 ? "1 cell" : found + " cells",
        expected + " as in the header; look for a missing or extra quote or delimiter");
  }

  private final class Parsing {

    private final AccountRow row;
    private final Map<AccountField, SettingValue> valuesByField = new EnumMap<>(AccountField.class);
    private List<RowProblem> problems = List.of();
    private @Nullable Long accountId;
    private @Nullable String fromEmail;
    private @Nullable String workspace = workspaces.usual();
    private boolean saysWhichAccount;

    Parsing(AccountRow row) {
      this.row = row;
    }

    InputRow result() {
      for (int i = 0; i < columns.length; i++) {
        String cell = row.cells().get(i);
        if (!isBlank(cell)) {
          take(i, cell);
        }
      }
      if (!saysWhichAccount && !(problems.isEmpty() && valuesByField.isEmpty())) {
        missingAccount();
      }
      // Without its workspace, the account is not known.
      return workspace == null
          ? new InputRow(row, verdict(), null, null, workspaces.usual())
          : new InputRow(row, verdict(), accountId, fromEmail, workspace);
    }

    private RowVerdict verdict() {
      if (!problems.isEmpty()) {
        return new RowVerdict.Invalid(problems);
      }
      boolean setsNothing =
          valuesByField.isEmpty() && (options.filled().isEmpty() || !saysWhichAccount);
      return setsNothing ? new RowVerdict.Nothing() : new RowVerdict.Valid(valuesByField);
    }

    private void take(int index, String cell) {
      Column column = columns[index];
      if (column instanceof Column.Setting setting) {
        takeSetting(index, setting.field(), cell);
      } else if (column instanceof Column.AccountId) {
        saysWhichAccount = true;
        accountId = Cells.parseAccountId(cell);
        if (accountId == null) {
          problem(index, cell, "a positive whole number" + Cells.numberHint(cell));
        }
      } else if (column instanceof Column.FromEmail) {
        saysWhichAccount = true;
        takeFromEmail(index, cell);
      } else if (column instanceof Column.Workspace) {
        workspace = workspaces.parse(cell);
        if (workspace == null) {
          problem(index, cell, workspaces.expected(cell));
        }
      } else if (column instanceof Column.Nameless) {
        // A column without a name may hold anything, even passwords, so the cell is not shown.
        add(
            new RowProblem(
                "",
                "a cell in column " + (index + 1) + ", which has no name",
                "a name in the header, or a blank cell"));
      }
    }

    private void takeSetting(int index, AccountField field, String cell) {
      SettingValue value = options.parse(field, cell);
      if (value != null) {
        valuesByField.put(field, value);
      } else {
        add(options.problem(header.nameOf(index), field, cell));
      }
    }

    private void takeFromEmail(int index, String cell) {
      String address = Cells.stripped(cell);
      if (Cells.isMailAddress(address)) {
        fromEmail = address;
      } else {
        int id = header.indexOf(Column.ACCOUNT_ID);
        boolean mayBeBlank = id >= 0 && !isBlank(row.cells().get(id));
        problem(index, cell, "the account's email address" + (mayBeBlank ? " or nothing" : ""));
      }
    }

    private void missingAccount() {
      boolean hasIds = header.indexOf(Column.ACCOUNT_ID) >= 0;
      boolean hasAddresses = header.indexOf(Column.FROM_EMAIL) >= 0;
      String address = hasAddresses ? header.nameOf(Column.FROM_EMAIL) : "";
      add(
          hasIds
              ? new RowProblem(
                  header.nameOf(Column.ACCOUNT_ID),
                  "a blank cell",
                  "an account id" + (hasAddresses ? ", or an address in " + address : ""))
              : new RowProblem(address, "a blank cell", "the account's email address"));
    }

    private void problem(int index, String cell, String expected) {
      add(new RowProblem(header.nameOf(index), Cells.shown(cell), expected));
    }

    private void add(RowProblem problem) {
      if (problems.isEmpty()) {
        problems = new ArrayList<>();
      }
      problems.add(problem);
    }
  }

  /**
   * Looks at the first character first, because it shows for most cells that they are not blank.
   */
  private static boolean isBlank(String cell) {
    if (cell.isEmpty()) {
      return true;
    }
    char first = cell.charAt(0);
    return (first <= ' ' || first > '~') && Cells.isBlank(cell);
  }
}
