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

/** The column names that one kind of file may have. */
final class ColumnNames {

  static final String ACCOUNT_ID = "email_account_id";
  private static final String WORKSPACE = "workspace";

  /**
   * The columns that only a ramp plan has, to distinguish it from an update file. A test compares
   * them with the ramp package.
   */
  static final Set<String> OF_RAMPS =
      Set.of("from", "start", "step", "every", "cap", "weekdays", "until", "pause", "curve");

  /** The names for an update file. */
  static final ColumnNames OF_UPDATES = ofUpdates();

  /** Every known name. The own name of a column precedes its aliases. */
  private final Map<String, Column> columnsByName;

  /** The names without underscores, because JSON has names such as {@code minTimeToWaitInMins}. */
  private final Map<String, Column> columnsBySqueezedName = new HashMap<>();

  private final String example;

  /** Whether the file has rows about accounts, so that it may come from another program. */
  private final boolean isAboutAccounts;

  private ColumnNames(Map<String, Column> columnsByName, String example, boolean isAboutAccounts) {
    this.columnsByName = columnsByName;
    this.isAboutAccounts = isAboutAccounts;
    this.example = example;
    columnsByName.forEach((name, column) -> columnsBySqueezedName.put(squeezed(name), column));
  }

  /** The names for a table that has its own columns besides those for the account. */
  static ColumnNames ofTable(List<String> names) {
    Map<String, Column> columns = accountColumns();
    names.forEach(name -> columns.put(name, new Column.Named(name)));
    columns.put(WORKSPACE, Column.WORKSPACE);
    String first = names.stream().limit(2).collect(Collectors.joining(","));
    return new ColumnNames(columns, ACCOUNT_ID + "," + first, true);
  }

  /** The names for a table that has only its own columns. */
  static ColumnNames ofOwnTable(List<String> names) {
    Map<String, Column> columns = new LinkedHashMap<>();
    names.forEach(name -> columns.put(name, new Column.Named(name)));
    return new ColumnNames(columns, String.join(",", names), false);
  }

  boolean areAboutAccounts() {
    return isAboutAccounts;
  }

  /** The start of a valid header, for messages. */
  String example() {
    return example;
  }

  /** The own name of a column. Its other names are aliases. */
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

  /** The name that was most likely meant; empty if no name is similar. */
  Optional<String> nearest(String normalized) {
    return ColumnName.nearest(normalized, columnsByName.keySet());
  }

  /** The own names of all columns, for messages. */
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
    columns.put(WORKSPACE, Column.WORKSPACE);
    return new ColumnNames(columns, ACCOUNT_ID + ",max_email_per_day", true);
  }
}
