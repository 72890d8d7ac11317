package io.github.smartleadbulk.ramp;

import org.jspecify.annotations.Nullable;

/**
 * A row of a ramp plan. It has an id, an address or both.
 *
 * @param row counts records from 1
 * @param line the physical line where the record starts
 * @param workspace the account's workspace; null if the plan has no column for workspaces
 */
public record RampRow(
    long row,
    long line,
    @Nullable Long accountId,
    @Nullable String fromEmail,
    @Nullable String workspace,
    Ramp ramp) {

  /**
   * The account's address or, if it has none, its id; after its workspace if the plan names them.
   */
  public String account() {
    String account = fromEmail != null ? fromEmail : String.valueOf(accountId);
    return workspace == null ? account : workspace + ": " + account;
  }
}
