package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowProblem;
import java.util.ArrayList;
import java.util.List;
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

  public InputRow with(RowVerdict newVerdict) {
    return new InputRow(row, newVerdict, accountId, fromEmail);
  }

  /** Makes the row invalid, on top of what is wrong with it already. */
  public InputRow withProblems(List<RowProblem> more) {
    List<RowProblem> problems = new ArrayList<>();
    if (verdict instanceof RowVerdict.Invalid invalid) {
      problems.addAll(invalid.problems());
    }
    problems.addAll(more);
    return with(new RowVerdict.Invalid(problems));
  }

  /** What messages call the row's account: its id or its address; empty where it has neither. */
  public String account() {
    if (accountId != null) {
      return accountId.toString();
    }
    return fromEmail == null ? "" : fromEmail;
  }

  /** What there is to say about the row, with its line and account, on one line. */
  public String message() {
    String account = account();
    return "line "
        + row.line()
        + (account.isEmpty() ? "" : ", account " + account)
        + ": "
        + verdict.message();
  }
}
