package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.ColumnName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names that the columns of one kind of file may have. */
final class ColumnNames {

  static final String ACCOUNT_ID = "email_account_id";

  /** Those of a file that sets settings. */
  static final ColumnNames OF_UPDATES = ofUpdates();

  /** Every known name, a column's own name before its aliases. */
  private final Map<String, Column> columnsByName;

  private final String example;

  private ColumnNames(Map<String, Column> columnsByName, String example) {
    this.columnsByName = columnsByName;
    this.example = example;
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

  /** A name without what does not count: case, blanks around it, kinds of gap inside. */
  static String normalized(String name) {
    return ColumnName.normalized(name);
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
    return columnsByName.get(normalized);
  }

  /** The name that was most likely meant. */
  String nearest(String normalized) {
    return ColumnName.nearest(normalized, columnsByName.keySet());
  }

  private static Map<String, Column> accountColumns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(ACCOUNT_ID, Column.ACCOUNT_ID);
    columns.put("id", Column.ACCOUNT_ID);
    columns.put("account_id", Column.ACCOUNT_ID);
    columns.put("from_email", Column.FROM_EMAIL);
    columns.put("email", Column.FROM_EMAIL);
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
