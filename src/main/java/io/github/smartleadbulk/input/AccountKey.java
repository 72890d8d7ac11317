package io.github.smartleadbulk.input;

import java.util.Locale;

/**
 * The number that identifies the account of a row: its id, which is positive, or, if the id is not
 * known, a negative number computed from the address. Every process computes the same number.
 */
final class AccountKey {

  /** The row does not name an account. */
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
   * 63 bits: in a file with a million addresses, two share a number once in twenty million files.
   * Their rows are then refused, even with {@link DuplicatePolicy#MERGE}, because their addresses
   * differ.
   */
  private static long of(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    long hash = lower.length();
    for (int i = 0; i < lower.length(); i++) {
      hash = (hash ^ lower.charAt(i)) * 0x9E3779B97F4A7C15L;
      // A multiplication spreads bits only upwards. This mixes the high bits into the low ones.
      hash ^= hash >>> 32;
    }
    return hash | Long.MIN_VALUE;
  }
}
