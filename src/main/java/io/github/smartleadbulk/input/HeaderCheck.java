package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the first record into a header, or reports everything that is wrong with it. */
final class HeaderCheck {

  /** How many unknown columns to report one by one. */
  private static final int TOLD = 10;

  private final AccountRow first;
  private final InputOptions options;
  private final ColumnNames names;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private boolean isAnyNear = true;

  HeaderCheck(AccountRow first, InputOptions options, ColumnNames names) {
    this.first = first;
    this.options = options;
    this.names = names;
    for (String name : first.cells()) {
      take(name);
    }
    if (unknown.size() > TOLD) {
      problems.add(
          String.format(
              Locale.ROOT, "and %,d more columns with unknown names", unknown.size() - TOLD));
    }
    // If no name is known, the problem is the names or the delimiter, not a missing column.
    if (names == ColumnNames.OF_UPDATES && (known() > 0 || unknown.isEmpty())) {
      checkWhole();
    }
  }

  Header header() {
    return new Header(first.line(), first.cells(), columns);
  }

  /** How many columns have a meaning. The right delimiter gives the most. */
  int known() {
    return (int) columns.stream().filter(Column::isKnown).count();
  }

  /** Everything that is wrong; empty for a valid header. */
  List<String> problems() {
    if (isMissing()) {
      // What is there instead may be a row with secrets, so it is not shown.
      return List.of("found no known column name, expected a header such as " + names.example());
    }
    if (looksLikeARow()) {
      return List.of(
          "found "
              + first.cells().stream().limit(3).map(Cells::shown).collect(Collectors.joining(", "))
              + ", which looks like a row, expected a header with column names before it, such as "
              + names.example());
    }
    String kind = otherKind();
    return kind == null || problems.isEmpty() ? problems : List.of(kind);
  }

  /** Whether a table with only its own columns has none of them. */
  private boolean isMissing() {
    return !names.areAboutAccounts() && known() == 0;
  }

  private boolean looksLikeARow() {
    return known() == 0 && first.cells().stream().anyMatch(HeaderCheck::isValue);
  }

  /** What to do about unknown columns. */
  List<String> hints() {
    List<String> hints = new ArrayList<>();
    if (unknown.isEmpty() || looksLikeARow() || otherKind() != null || isMissing()) {
      return hints;
    }
    if (!isAnyNear) {
      hints.add("the known names are " + names.list());
    }
    if (known() > 0 && names.areAboutAccounts()) {
      String some =
          Cells.escaped(String.join(",", unknown.subList(0, Math.min(TOLD, unknown.size()))));
      hints.add("to ignore an unknown column: --ignore-columns " + some);
      hints.add(
          "to give a column a known name: --map \"" + Cells.escaped(unknown.get(0)) + "=NAME\"");
    }
    return hints;
  }

  /** The problem of a file for another command; null for any other file. */
  private @Nullable String otherKind() {
    if (!names.areAboutAccounts() || columns.stream().anyMatch(HeaderCheck::isOfThisKind)) {
      return null;
    }
    if (names == ColumnNames.OF_UPDATES) {
      return unknown.stream().filter(ColumnNames.OF_RAMPS::contains).count() > 1
          ? "found the columns of a ramp plan, expected settings: use ./run.sh ramp for this file"
          : null;
    }
    long settings =
        unknown.stream()
            .filter(name -> ColumnNames.OF_UPDATES.find(name) instanceof Column.Setting)
            .count();
    return settings > unknown.size() - settings
        ? "found the columns of settings, expected a ramp plan: use ./run.sh update for this file"
        : null;
  }

  private static boolean isOfThisKind(Column column) {
    return column instanceof Column.Setting || column instanceof Column.Named;
  }

  private void take(String name) {
    String theirs = ColumnName.normalized(name);
    columns.add(column(name, options.ownNamesByTheirs().getOrDefault(theirs, theirs)));
  }

  private Column column(String name, String normalized) {
    if (normalized.isEmpty()) {
      return Column.NAMELESS;
    }
    boolean isUsed = options.used().contains(Column.ownName(normalized));
    if (normalized.startsWith("_")) {
      return Column.IGNORED;
    }
    if (options.ignoredColumns().contains(normalized)) {
      return isUsed
          ? Column.IGNORED
          : new Column.PassedOver(normalized, Column.PassedOver.Why.TOLD);
    }
    Column column = names.find(normalized);
    if (column == null) {
      column = isUsed ? Column.IGNORED : foreign(normalized);
    } else if (columns.contains(column)) {
      twice(name, column);
    }
    if (column == null) {
      unknown(name, normalized);
      return Column.IGNORED;
    }
    return column;
  }

  private @Nullable Column foreign(String normalized) {
    return names.areAboutAccounts() ? ForeignColumns.find(normalized) : null;
  }

  private void twice(String name, Column column) {
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
            + ", has the same meaning");
  }

  private void unknown(String name, String normalized) {
    String theirs = ColumnName.normalized(name);
    unknown.add(theirs);
    if (unknown.size() > TOLD) {
      return;
    }
    String nearest = names.nearest(normalized).map(one -> "; the nearest is " + one).orElse("");
    isAnyNear &= !nearest.isEmpty();
    String mapped = theirs.equals(normalized) ? "" : ", which --map reads as " + shown(normalized);
    problem("found " + shown(name) + mapped + ", expected a known name" + nearest);
  }

  private void checkWhole() {
    if (!columns.contains(Column.ACCOUNT_ID) && !columns.contains(Column.FROM_EMAIL)) {
      problems.add(
          "found no column for the account, expected a column email_account_id (or id,"
              + " account_id) or from_email (or email)");
    }
    for (AccountField field : options.filled()) {
      if (columns.contains(new Column.Setting(field))) {
        problems.add(
            "found a column "
                + field.apiName()
                + ", which --set fills: delete the column or drop the option");
      }
    }
    if (options.filled().isEmpty()
        && columns.stream().noneMatch(Column.Setting.class::isInstance)) {
      problems.add("found no setting, expected at least one of " + AccountField.list());
    }
  }

  private void problem(String text) {
    problems.add("column " + (columns.size() + 1) + ": " + text);
  }

  private static String shown(String name) {
    return Cells.shown(Cells.stripped(name));
  }

  private static boolean isValue(String cell) {
    return Cells.parseAccountId(cell) != null || Cells.isMailAddress(Cells.stripped(cell));
  }
}
