package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import java.util.Arrays;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Fields as a command line names them: like the columns of a file. */
public final class FieldList {

  private FieldList() {}

  /**
   * The fields that the names stand for.
   *
   * @throws UsageException if one is not known
   */
  public static SortedSet<AccountField> parse(String option, Collection<String> names) {
    TreeSet<AccountField> fields = new TreeSet<>();
    for (String name : names) {
      String wanted = ColumnName.normalized(name);
      fields.add(
          Arrays.stream(AccountField.values())
              .filter(f -> f.apiName().equals(wanted) || f.otherColumns().contains(wanted))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          option
                              + ": found "
                              + Cells.shown(name)
                              + ", expected some of "
                              + Arrays.stream(AccountField.values())
                                  .map(AccountField::apiName)
                                  .collect(Collectors.joining(", ")))));
    }
    return fields;
  }
}
