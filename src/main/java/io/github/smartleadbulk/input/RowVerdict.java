package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.SettingValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happens to a row of the input. */
public sealed interface RowVerdict {

  /** The message about the row, on one line; empty for a valid row. */
  String message();

  /**
   * The row can be sent to the account that it names by id or address.
   *
   * @param valuesByField the values of its cells; empty only if other sources fill the fields
   */
  record Valid(Map<AccountField, SettingValue> valuesByField) implements RowVerdict {

    public Valid {
      Map<AccountField, SettingValue> copy = new EnumMap<>(AccountField.class);
      copy.putAll(valuesByField);
      valuesByField = Collections.unmodifiableMap(copy);
    }

    @Override
    public String message() {
      return "";
    }
  }

  /** The row sets nothing and is skipped. */
  record Nothing() implements RowVerdict {
    @Override
    public String message() {
      return "the row sets nothing";
    }
  }

  /** Another row for the account sets the values of this row. Both rows get the same outcome. */
  record Joined(long leaderRow, long leaderLine) implements RowVerdict {
    @Override
    public String message() {
      return "joined with line " + leaderLine;
    }
  }

  /** The row is not sent. */
  record Invalid(List<RowProblem> problems) implements RowVerdict {

    public Invalid {
      problems = List.copyOf(problems);
    }

    @Override
    public String message() {
      return problems.stream().map(RowProblem::toString).collect(Collectors.joining("; "));
    }
  }
}
