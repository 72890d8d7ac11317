package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.csv.LineNumbers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rows for one account. They become one update or none: if a row is invalid or contradicts
 * another, nobody knows which values are right, so nothing is sent.
 */
final class MergedAccount {

  private final Header header;
  private final Map<Column, Claim> claimsByColumn = new LinkedHashMap<>();
  private final LongList firstInvalidLines = new LongList();
  private long invalid;
  private long leaderRow;
  private long leaderLine;
  private @Nullable Long accountId;
  private @Nullable String fromEmail;

  MergedAccount(Header header) {
    this.header = header;
  }

  /** The value of a column in one row, and the first row with another value. */
  private static final class Claim {

    final SettingValue value;
    final long line;
    @Nullable SettingValue otherValue;
    long otherLine;

    Claim(SettingValue value, long line) {
      this.value = value;
      this.line = line;
    }

    boolean isContradicted() {
      return otherValue != null;
    }
  }

  void add(InputRow row) {
    if (leaderRow == 0) {
      leaderRow = row.row().number();
      leaderLine = row.row().line();
    }
    if (row.verdict() instanceof RowVerdict.Invalid) {
      invalid++;
      if (firstInvalidLines.size() < LineNumbers.NEEDED) {
        firstInvalidLines.add(row.row().line());
      }
    }
    if (accountId == null) {
      accountId = row.accountId();
    }
    if (fromEmail == null) {
      fromEmail = row.fromEmail();
    }
    valuesByColumn(row).forEach((column, value) -> claim(column, value, row.row().line()));
  }

  InputRow apply(InputRow row) {
    List<RowProblem> problems = problems(row);
    if (!problems.isEmpty()) {
      return row.withProblems(problems);
    }
    if (row.verdict() instanceof RowVerdict.Invalid) {
      return row;
    }
    Map<AccountField, SettingValue> valuesByField = new EnumMap<>(AccountField.class);
    claimsByColumn.forEach(
        (column, claim) -> {
          if (column instanceof Column.Setting setting) {
            valuesByField.put(setting.field(), claim.value);
          }
        });
    if (valuesByField.isEmpty()) {
      return row;
    }
    if (row.row().number() == leaderRow) {
      return new InputRow(
          row.row(), new RowVerdict.Valid(valuesByField), accountId, fromEmail, row.workspace());
    }
    return row.with(new RowVerdict.Joined(leaderRow, leaderLine));
  }

  private void claim(Column column, SettingValue value, long line) {
    Claim claim = claimsByColumn.computeIfAbsent(column, c -> new Claim(value, line));
    if (!claim.isContradicted() && !claim.value.equals(value)) {
      claim.otherValue = value;
      claim.otherLine = line;
    }
  }

  /** Includes what identifies the account: two accounts can have the same {@link AccountKey}. */
  private Map<Column, SettingValue> valuesByColumn(InputRow row) {
    Map<Column, SettingValue> values = new LinkedHashMap<>();
    if (header.has(Column.WORKSPACE)) {
      values.put(Column.WORKSPACE, new SettingValue.Text(row.workspace()));
    }
    if (row.accountId() != null && header.has(Column.ACCOUNT_ID)) {
      values.put(Column.ACCOUNT_ID, new SettingValue.Whole(row.accountId()));
    }
    if (row.fromEmail() != null) {
      // The case of an address does not matter.
      values.put(
          Column.FROM_EMAIL, new SettingValue.Text(row.fromEmail().toLowerCase(Locale.ROOT)));
    }
    if (row.verdict() instanceof RowVerdict.Valid valid) {
      valid.valuesByField().forEach((field, value) -> values.put(new Column.Setting(field), value));
    }
    return values;
  }

  /** The problems of this row that come from the account's other rows. */
  private List<RowProblem> problems(InputRow row) {
    List<RowProblem> problems = new ArrayList<>();
    Map<Column, SettingValue> values = valuesByColumn(row);
    claimsByColumn.forEach(
        (column, claim) -> {
          if (claim.isContradicted()) {
            problems.add(contradiction(row, column, claim, values.get(column)));
          }
        });
    long line = row.row().line();
    long others = row.verdict() instanceof RowVerdict.Invalid ? invalid - 1 : invalid;
    if (others > 0) {
      String lines = LineNumbers.others(firstInvalidLines.toArray(), line, others);
      problems.add(
          DuplicateRule.problem(
              row, header, lines + ", which cannot be used", "only valid rows, to join them"));
    }
    return problems;
  }

  private RowProblem contradiction(
      InputRow row, Column column, Claim claim, @Nullable SettingValue own) {
    SettingValue other = claim.otherValue == null ? claim.value : claim.otherValue;
    String found;
    if (own == null) {
      found = both(claim.value, claim.line) + " and " + both(other, claim.otherLine);
    } else if (own.equals(claim.value)) {
      found = shown(own) + " here and " + both(other, claim.otherLine);
    } else {
      found = shown(own) + " here and " + both(claim.value, claim.line);
    }
    return new RowProblem(
        header.nameOf(column),
        found + " for account " + DuplicateRule.account(row, header),
        "rows that agree, to join them");
  }

  private static String both(SettingValue value, long line) {
    return shown(value) + " in line " + line;
  }

  private static String shown(SettingValue value) {
    String text = value.toString();
    return text.isEmpty() ? AccountField.CLEAR : Cells.shown(text);
  }
}
