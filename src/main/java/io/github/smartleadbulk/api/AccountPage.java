package io.github.smartleadbulk.api;

import org.jspecify.annotations.Nullable;

/**
 * A page of the account list.
 *
 * @param offset how many accounts come before it
 * @param rows the most that it may have
 * @param clientId whose accounts are listed; null for all
 */
public record AccountPage(long offset, int rows, @Nullable Long clientId) {

  /** The most that SmartLead puts on a page. Asked for more, it has been seen to answer none. */
  public static final int ROWS = 100;

  /**
   * @throws IllegalArgumentException if the offset is negative, or there cannot be so many rows
   */
  public AccountPage {
    if (offset < 0) {
      throw new IllegalArgumentException("found offset " + offset + ", expected 0 or more");
    }
    if (rows < 1 || rows > ROWS) {
      throw new IllegalArgumentException("found " + rows + " rows, expected 1 to " + ROWS);
    }
  }
}
