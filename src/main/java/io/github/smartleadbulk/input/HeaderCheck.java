package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a header of the first record, or says everything that is wrong with it. */
final class HeaderCheck {

  private final AccountRow first;
  private final InputOptions options;
  private final ColumnNames names;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  HeaderCheck(AccountRow first, InputOptions options, ColumnNames names) {
    this.first = first;
    this.options = options;
    this.names = names;
    for (String name : first.cells()) {
      take(name);
    }
    // Where no name is known, the names are the matter, or the delimiter.
    if (names == ColumnNames.OF_UPDATES && (known() > 0 || unknown.isEmpty())) {
      checkWhole();
    }
  }

  Header header() {
    return new Header(first.line(), first.cells(), columns);
  }

  /** How many columns mean something to us: what tells one delimiter from another. */
  int known() {
    return (int) columns.stream().filter(column -> !column.equals(Column.IGNORED)).count();
  }

  /** Everything that is wrong; empty for a good header. */
  List<String> problems() {
    if (known() == 0 && first.cells().stream().anyMatch(HeaderCheck::isValue)) {
      return List.of(
          "found "
              + first.cells().stream().limit(3).map(Cells::shown).collect(Collectors.joining(", "))
              + ", which looks like a row, expected a header with column names before it, such as "
              + names.example());
    }
    return problems;
  }

  /** What to do about columns that are not known. */
  @Nullable String hint() {
    return unknown.isEmpty() || known() == 0
        ? null
        : "to leave out what is not known: --ignore-columns " + String.join(",", unknown);
  }

  private void take(String name) {
    String normalized = ColumnNames.normalized(name);
    Column column = names.find(normalized);
    if (normalized.isEmpty()) {
      problem("found no name, expected one; delete the column or call it _notes");
    } else if (normalized.startsWith("_") || options.ignoredColumns().contains(normalized)) {
      columns.add(Column.IGNORED);
      return;
    } else if (column == null) {
      unknown.add(normalized);
      problem(
          "found "
              + shown(name)
              + ", expected a known name; the nearest is "
              + names.nearest(normalized));
    } else if (columns.contains(column)) {
      int before = columns.indexOf(column);
      problem(
          "found "
              + shown(name)
              + ", expected "
              + names.of(column)
              + " only once; column "
              + (before + 1)
              + ", "
              + shown(first.cells().get(before))
              + ", is the same");
    }
    columns.add(column == null ? Column.IGNORED : column);
  }

  private void checkWhole() {
    if (!columns.contains(Column.ACCOUNT_ID) && !columns.contains(Column.FROM_EMAIL)) {
      problems.add(
          "found no column that says which account, expected a column email_account_id (or id,"
              + " account_id) or from_email (or email)");
    }
    for (AccountField field : options.filled()) {
      if (columns.contains(new Column.Setting(field))) {
        problems.add(
            "found a column " + field.apiName() + ", which --set fills: leave one of them away");
      }
    }
    if (options.filled().isEmpty()
        && columns.stream().noneMatch(Column.Setting.class::isInstance)) {
      problems.add(
          "found no setting, expected at least one of "
              + Arrays.stream(AccountField.values())
                  .map(AccountField::apiName)
                  .collect(Collectors.joining(", ")));
    }
  }

  private void problem(String text) {
    problems.add("column " + (columns.size() + 1) + ": " + text);
  }

  private static String shown(String name) {
    return Cells.shown(Cells.stripped(name));
  }

  private static boolean isValue(String cell) {
    return Cells.parseAccountId(cell) != null || Cells.isMailAddress(cell.strip());
  }
}
