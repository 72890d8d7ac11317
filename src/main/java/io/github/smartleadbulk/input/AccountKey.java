package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.WorkspaceNames;
import java.util.Locale;

/**
 * The number that identifies the account of a row. In the workspace {@code default}, it is the id,
 * which is positive. In other workspaces, or if the id is not known, it is a negative number that
 * is computed from the workspace and the id or address. Every process computes the same number.
 */
final class AccountKey {

  /** The row does not name an account. */
  static final long NONE = 0;

  private AccountKey() {}

  static long of(InputRow row) {
    Long id = row.accountId();
    if (id != null) {
      // No address looks like an id, because an address has an @.
      return isInDefault(row) ? id : of(row, id.toString());
    }
    String address = row.fromEmail();
    return address == null ? NONE : of(row, address.toLowerCase(Locale.ROOT));
  }

  private static long of(InputRow row, String name) {
    String workspace = row.workspace();
    long start = isInDefault(row) ? 0 : hash(workspace.length(), workspace);
    return hash(start + name.length(), name) | Long.MIN_VALUE;
  }

  private static boolean isInDefault(InputRow row) {
    return row.workspace().equals(WorkspaceNames.DEFAULT);
  }

  /**
   * Gives a key 63 bits: in a file with a million such accounts, two share a number once in twenty
   * million files. Their rows are then refused, even with {@link DuplicatePolicy#MERGE}, because
   * their workspaces, ids or addresses differ.
   */
  private static long hash(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
      // A multiplication spreads bits only upwards. This mixes the high bits into the low ones.
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
