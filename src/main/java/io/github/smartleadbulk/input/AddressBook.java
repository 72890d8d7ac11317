package io.github.smartleadbulk.input;

import java.util.List;

/**
 * Finds the accounts with an address. A file is read several times, and its duplicates depend on
 * the book. Every pass must therefore use a book that gives the same answers.
 */
@FunctionalInterface
public interface AddressBook {

  /**
   * The ids of the workspace's accounts with this address, ignoring case; empty if there are none
   * or no account is known yet.
   */
  List<Long> find(String workspace, String address);

  /** Knows no accounts. */
  static AddressBook unknown() {
    return (workspace, address) -> List.of();
  }
}
