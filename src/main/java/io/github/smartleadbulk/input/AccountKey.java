package io.github.smartleadbulk.input;

import java.util.Locale;

/**
 * The number by which rows for one account are found: the account's id, which is positive, or where
 * no id is known a negative number made of the address, the same in every process.
 */
final class AccountKey {

  /** The row does not say which account it means. */
  static final long NONE = 0;

  private AccountKey() {}

  static long of(InputRow row) {
    Long id = row.accountId();
    if (id != null) {
      return id;
    }
    String address = row.fromEmail();
    return address == null ? NONE : of(address);
  }

  /**
   * 63 bits: among a million addresses two share a number once in twenty million files. Then their
   * rows are refused, also with {@link DuplicatePolicy#MERGE}, as their addresses contradict.
   */
  private static long of(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    long hash = lower.length();
    for (int i = 0; i < lower.length(); i++) {
      hash = (hash ^ lower.charAt(i)) * 0x9E3779B97F4A7C15L;
      // A product carries upwards only; this brings what the high bits know back to the low ones.
      hash ^= hash >>> 32;
    }
    return hash | Long.MIN_VALUE;
  }
}
