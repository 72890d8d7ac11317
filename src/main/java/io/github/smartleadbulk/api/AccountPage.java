package io.github.smartleadbulk.api;

import org.jspecify.annotations.Nullable;

/**
 * A page of the account list.
 *
 * @param offset number of accounts before the page
 * @param rows the most rows to return
 * @param clientId the client whose accounts to list; null for all
 */
public record AccountPage(long offset, int rows, @Nullable Long clientId) {

  /** The most rows that SmartLead puts on a page. If more are requested, it may return none. */
  public static final int ROWS = 100;

  /**
   * @throws IllegalArgumentException if the offset or the number of rows is out of range
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
