package io.github.smartleadbulk.input;

import java.util.List;

/**
 * Which account has an address. Says the same for as long as a file is read with it: a file is read
 * several times, and duplicates found with one book are not those of another.
 */
@FunctionalInterface
public interface AddressBook {

  /**
   * The ids of the accounts with this address, letter case ignored; empty where there is none, or
   * where nothing is known yet.
   */
  List<Long> find(String address);

  /** Knows no account: nobody was asked. */
  static AddressBook unknown() {
    return address -> List.of();
  }
}
