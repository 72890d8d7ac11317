package io.github.smartleadbulk.input;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Joins the rows of an account; holds what these rows set, and nothing of the others. */
final class MergedDuplicates implements DuplicateRule {

  private final Map<Long, MergedAccount> accountsById = new HashMap<>();

  /**
   * @param rows all of them, each judged on its own
   */
  MergedDuplicates(Duplicates duplicates, Header header, InputRows rows) throws IOException {
    for (InputRow row = rows.read(); row != null; row = rows.read()) {
      Long id = row.accountId();
      if (id != null && duplicates.contains(id)) {
        accountsById.computeIfAbsent(id, i -> new MergedAccount(i, header)).add(row);
      }
    }
  }

  @Override
  public InputRow apply(InputRow row) {
    MergedAccount account = row.accountId() == null ? null : accountsById.get(row.accountId());
    return account == null ? row : account.apply(row);
  }
}
