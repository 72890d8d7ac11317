package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.ColumnName;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that columns may have. */
final class ColumnNames {

  static final String ACCOUNT_ID = "email_account_id";

  /** Every known name, a column's own name before its aliases. */
  static final Map<String, Column> COLUMNS_BY_NAME = columnsByName();

  private ColumnNames() {}

  /** A name without what does not count: case, blanks around it, kinds of gap inside. */
  static String normalized(String name) {
    return ColumnName.normalized(name);
  }

  /** The column's own name, of which the others are aliases. */
  static String of(Column column) {
    return COLUMNS_BY_NAME.entrySet().stream()
        .filter(known -> known.getValue().equals(column))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  static @Nullable Column find(String normalized) {
    return COLUMNS_BY_NAME.get(normalized);
  }

  /** The name that was most likely meant. */
  static String nearest(String normalized) {
    return Collections.min(
        COLUMNS_BY_NAME.keySet(),
        Comparator.comparing((String known) -> !abbreviates(normalized, known))
            .thenComparingInt(known -> distance(normalized, known)));
  }

  /** Names are shortened and lengthened at their end, which makes the distance large. */
  private static boolean abbreviates(String a, String b) {
    return Math.min(a.length(), b.length()) > 2 && (a.startsWith(b) || b.startsWith(a));
  }

  /** Characters to insert, delete or replace to make one name of the other (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[b.length()];
  }

  private static Map<String, Column> columnsByName() {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(ACCOUNT_ID, Column.ACCOUNT_ID);
    columns.put("id", Column.ACCOUNT_ID);
    columns.put("account_id", Column.ACCOUNT_ID);
    columns.put("from_email", Column.FROM_EMAIL);
    columns.put("email", Column.FROM_EMAIL);
    for (AccountField field : AccountField.values()) {
      columns.put(field.apiName(), new Column.Setting(field));
      field.otherColumns().forEach(name -> columns.put(name, new Column.Setting(field)));
    }
    return Collections.unmodifiableMap(columns);
  }
}
