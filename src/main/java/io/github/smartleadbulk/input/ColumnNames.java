package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.ColumnName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names that the columns of one kind of file may have. */
final class ColumnNames {

  static final String ACCOUNT_ID = "email_account_id";

  /**
   * The columns of a ramp plan that no update file has, to tell the two from each other. A test
   * holds them to the plan's own.
   */
  static final Set<String> OF_RAMPS =
      Set.of("from", "start", "step", "every", "cap", "weekdays", "until", "pause", "curve");

  /** Those of a file that sets settings. */
  static final ColumnNames OF_UPDATES = ofUpdates();

  /** Every known name, a column's own name before its aliases. */
  private final Map<String, Column> columnsByName;

  /** The same without gaps: {@code minTimeToWaitInMins} is the name that JSON has. */
  private final Map<String, Column> columnsBySqueezedName = new HashMap<>();

  private final String example;

  private ColumnNames(Map<String, Column> columnsByName, String example) {
    this.columnsByName = columnsByName;
    this.example = example;
    columnsByName.forEach((name, column) -> columnsBySqueezedName.put(squeezed(name), column));
  }

  /** Those of a table that has, beside the account, columns with a meaning of their own. */
  static ColumnNames ofTable(List<String> names) {
    Map<String, Column> columns = accountColumns();
    names.forEach(name -> columns.put(name, new Column.Named(name)));
    String first = names.stream().limit(2).collect(Collectors.joining(","));
    return new ColumnNames(columns, ACCOUNT_ID + "," + first);
  }

  /** Names as a header could begin, for messages. */
  String example() {
    return example;
  }

  /** The column's own name, of which the others are aliases. */
  String of(Column column) {
    return columnsByName.entrySet().stream()
        .filter(known -> known.getValue().equals(column))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @Nullable Column find(String normalized) {
    Column column = columnsByName.get(normalized);
    return column == null ? columnsBySqueezedName.get(squeezed(normalized)) : column;
  }

  /** The name that was most likely meant; empty where none is near. */
  Optional<String> nearest(String normalized) {
    return ColumnName.nearest(normalized, columnsByName.keySet());
  }

  /** The columns' own names, for a message. */
  String list() {
    return columnsByName.values().stream()
        .distinct()
        .map(this::of)
        .collect(Collectors.joining(", "));
  }

  private static String squeezed(String name) {
    return name.replace("_", "");
  }

  private static Map<String, Column> accountColumns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(ACCOUNT_ID, Column.ACCOUNT_ID);
    columns.put("id", Column.ACCOUNT_ID);
    columns.put("account_id", Column.ACCOUNT_ID);
    columns.put("from_email", Column.FROM_EMAIL);
    columns.put("email", Column.FROM_EMAIL);
    columns.put("email_address", Column.FROM_EMAIL);
    return columns;
  }

  private static ColumnNames ofUpdates() {
    Map<String, Column> columns = accountColumns();
    for (AccountField field : AccountField.values()) {
      columns.put(field.apiName(), new Column.Setting(field));
      field.otherColumns().forEach(name -> columns.put(name, new Column.Setting(field)));
    }
    return new ColumnNames(columns, ACCOUNT_ID + ",max_email_per_day");
  }
}
