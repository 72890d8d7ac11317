package io.github.smartleadbulk.ramp;

import org.jspecify.annotations.Nullable;

/**
 * A row of a ramp plan. It has an id, an address or both.
 *
 * @param row counts records from 1
 * @param line the physical line where the record starts
 */
public record RampRow(
    long row, long line, @Nullable Long accountId, @Nullable String fromEmail, Ramp ramp) {

  /** The account's address or, if it has none, its id. */
  public String account() {
    return fromEmail != null ? fromEmail : String.valueOf(accountId);
  }
}
