package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row and its verdict.
 *
 * @param accountId null if the row has no valid id; a valid row without an id names its account
 *     only by the address, and the account is not known yet
 * @param fromEmail the account's address in the row; null if the row has none
 * @param workspace the workspace of the account; the usual one if the row does not name one, or if
 *     it cannot be read
 */
public record InputRow(
    AccountRow row,
    RowVerdict verdict,
    @Nullable Long accountId,
    @Nullable String fromEmail,
    String workspace) {

  public InputRow with(RowVerdict newVerdict) {
    return new InputRow(row, newVerdict, accountId, fromEmail, workspace);
  }

  /** Makes the row invalid and adds problems to those that it has. */
  public InputRow withProblems(List<RowProblem> more) {
    List<RowProblem> problems = new ArrayList<>();
    if (verdict instanceof RowVerdict.Invalid invalid) {
      problems.addAll(invalid.problems());
    }
    problems.addAll(more);
    return with(new RowVerdict.Invalid(problems));
  }

  /** The row's account for messages: its id or its address; empty if the row has neither. */
  public String account() {
    if (accountId != null) {
      return accountId.toString();
    }
    return fromEmail == null ? "" : fromEmail;
  }

  /** The message about the row, with its line and account, on one line. */
  public String message() {
    String account = account();
    return "line "
        + row.line()
        + (account.isEmpty() ? "" : ", account " + account)
        + ": "
        + verdict.message();
  }
}
