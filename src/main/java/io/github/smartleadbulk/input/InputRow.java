package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import org.jspecify.annotations.Nullable;

/**
 * A row and what it comes to.
 *
 * @param accountId null where the row has none that can be relied on: a valid row without id names
 *     its account by the address alone, and the account is not known
 * @param fromEmail the account's address as the row has it; null where it has none
 */
public record InputRow(
    AccountRow row, RowVerdict verdict, @Nullable Long accountId, @Nullable String fromEmail) {

  InputRow with(RowVerdict newVerdict) {
    return new InputRow(row, newVerdict, accountId, fromEmail);
  }

  /** What there is to say about the row, with its line, on one line. */
  public String message() {
    return "line " + row.line() + ": " + verdict.message();
  }
}
