package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.input.Column;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Fields on a command line, with the same names as columns. */
public final class FieldList {

  private FieldList() {}

  /**
   * Finds the fields with these names.
   *
   * @throws UsageException if a name is not known
   */
  public static SortedSet<AccountField> parse(String option, Collection<String> names) {
    TreeSet<AccountField> fields = new TreeSet<>();
    for (String name : names) {
      AccountField field = AccountField.find(Column.ownName(name));
      if (field == null) {
        throw new UsageException(
            "%s: found %s, expected some of %s"
                .formatted(option, Cells.shown(name), AccountField.list()));
      }
      fields.add(field);
    }
    return fields;
  }
}
