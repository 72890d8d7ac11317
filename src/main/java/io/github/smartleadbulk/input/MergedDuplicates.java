package io.github.smartleadbulk.input;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Joins the rows of an account. Holds only rows that share their account. */
final class MergedDuplicates implements DuplicateRule {

  private final Map<Long, MergedAccount> accountsByKey = new HashMap<>();

  /**
   * @param rows all rows, before duplicates are resolved
   */
  MergedDuplicates(Duplicates duplicates, Header header, InputRows rows) throws IOException {
    for (InputRow row = rows.read(); row != null; row = rows.read()) {
      long key = AccountKey.of(row);
      if (duplicates.contains(key)) {
        accountsByKey.computeIfAbsent(key, k -> new MergedAccount(header)).add(row);
      }
    }
  }

  @Override
  public InputRow apply(InputRow row) {
    MergedAccount account = accountsByKey.get(AccountKey.of(row));
    return account == null ? row : account.apply(row);
  }
}
