package io.github.smartleadbulk.fill;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.Header;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of placeholders. The row's cells and settings come first, then its account's values.
 */
public final class PlaceholderValues {

  private static final String ID = Column.ownName("email_account_id");
  private static final String ADDRESS = Column.ownName("from_email");
  private static final String WORKSPACE = Column.ownName("workspace");

  private static final Set<String> OF_ACCOUNT =
      Arrays.stream(AccountField.values())
          .filter(AccountField::isToldByList)
          .map(AccountField::apiName)
          .collect(Collectors.toCollection(() -> new TreeSet<>(List.of(ID, ADDRESS))));

  private final Header header;

  /** Own names by placeholder. Several placeholders can have the same own name. */
  private final Map<String, String> ownNames = new HashMap<>();

  private final Map<String, Integer> columnByName = new HashMap<>();

  /**
   * @throws InputException if a placeholder is not known in a file with this header
   */
  public PlaceholderValues(Fills fills, Header header) {
    this.header = header;
    List<String> names =
        IntStream.range(0, header.size()).mapToObj(i -> ownName(header, i)).toList();
    List<String> theirs = header.names().stream().map(ColumnName::normalized).toList();
    List<String> problems = new ArrayList<>();
    for (Fill fill : fills.inOrder()) {
      for (String placeholder : fill.template().placeholders()) {
        // A column that --map renames also keeps its own name.
        int named = theirs.indexOf(placeholder);
        String name = named < 0 ? Column.ownName(placeholder) : names.get(named);
        ownNames.put(placeholder, name);
        int column = names.indexOf(name);
        if (column >= 0) {
          columnByName.put(name, column);
        }
        if (column != names.lastIndexOf(name)) {
          problems.add(fill.place(placeholder) + ": found two columns for {{" + placeholder + "}}");
        } else if (column < 0 && !isKnown(name, fills)) {
          problems.add(unknown(fill, placeholder, header));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InputException(String.join("\n  ", problems));
    }
  }

  private static String ownName(Header header, int index) {
    Column column = header.columns().get(index);
    if (column instanceof Column.Setting setting) {
      return setting.field().apiName();
    }
    if (column instanceof Column.AccountId) {
      return ID;
    }
    if (column instanceof Column.FromEmail) {
      return ADDRESS;
    }
    return column instanceof Column.Workspace
        ? WORKSPACE
        : Column.ownName(header.names().get(index));
  }

  private static boolean isKnown(String name, Fills fills) {
    AccountField field = AccountField.find(name);
    return OF_ACCOUNT.contains(name) || (field != null && fills.fields().contains(field));
  }

  private static String unknown(Fill fill, String placeholder, Header header) {
    Set<String> known = new TreeSet<>(OF_ACCOUNT);
    header.names().stream()
        .map(ColumnName::normalized)
        .filter(name -> !name.isEmpty())
        .forEach(known::add);
    return "%s: found {{%s}}, expected a column of the file or a value of the account%s"
        .formatted(
            fill.place(placeholder),
            placeholder,
            ColumnName.nearest(placeholder, known)
                .map(name -> "; the nearest is {{" + name + "}}")
                .orElse(", such as {{" + String.join("}}, {{", known) + "}}"));
  }

  private String name(String placeholder) {
    return Objects.requireNonNull(ownNames.get(placeholder));
  }

  /** Whether the row has the header's cells. */
  boolean canRead(InputRow row) {
    return row.row().cells().size() == header.size();
  }

  /**
   * The row's value; empty if the row clears the setting.
   *
   * @param set what the row sets so far
   * @return null if the row has no value
   */
  @Nullable String ofRow(String placeholder, InputRow row, Map<AccountField, SettingValue> set) {
    String name = name(placeholder);
    Integer index = columnByName.get(name);
    String cell = index == null ? null : cell(row, index);
    if (cell != null) {
      return cell;
    }
    AccountField field = AccountField.find(name);
    SettingValue value = field == null ? null : set.get(field);
    if (value != null) {
      return value.toString();
    }
    return name.equals(ID) && row.accountId() != null ? row.accountId().toString() : null;
  }

  private @Nullable String cell(InputRow row, int index) {
    String cell = row.row().cells().get(index);
    Column column = header.columns().get(index);
    if (column instanceof Column.Setting && !(row.verdict() instanceof RowVerdict.Invalid)) {
      // The value as it will be sent: 40 for 40.0.
      return null;
    }
    if (column instanceof Column.AccountId) {
      return null;
    }
    if (column instanceof Column.FromEmail) {
      return row.fromEmail();
    }
    if (Cells.isBlank(cell)) {
      return null;
    }
    return Cells.stripped(cell).equalsIgnoreCase(AccountField.CLEAR) ? "" : cell;
  }

  /**
   * The account's value; null if it is not known.
   *
   * @param filled the field to set, whose old value is not used
   */
  @Nullable String ofAccount(String placeholder, Account account, AccountField filled) {
    String name = name(placeholder);
    if (name.equals(ID)) {
      return Long.toString(account.id());
    }
    if (name.equals(ADDRESS)) {
      return account.fromEmail();
    }
    AccountField field = AccountField.find(name);
    SettingValue value = field == null ? null : account.valuesByField().get(field);
    return value == null || field == filled ? null : value.toString();
  }

  /**
   * Whether a value that the row lacks may be known later.
   *
   * @param open fields that the row will set later
   */
  boolean mayComeLater(String placeholder, Set<AccountField> open) {
    String name = name(placeholder);
    AccountField field = AccountField.find(name);
    return OF_ACCOUNT.contains(name) || (field != null && open.contains(field));
  }
}
