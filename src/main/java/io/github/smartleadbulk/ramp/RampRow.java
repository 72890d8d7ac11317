package io.github.smartleadbulk.ramp;

import org.jspecify.annotations.Nullable;

/**
 * A row of a ramp plan: it has an id, an address, or both.
 *
 * @param row counts records from 1
 * @param line the physical line where the record starts
 */
public record RampRow(
    long row, long line, @Nullable Long accountId, @Nullable String fromEmail, Ramp ramp) {

  /** What people call the account: its address, else its id. */
  public String account() {
    return fromEmail != null ? fromEmail : String.valueOf(accountId);
  }
}
