package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.input.InputRow;
import java.util.List;

/** What is to be done about a row that is not joined to another one. */
sealed interface PlannedRow {

  /** No call: the outcome is known without one. */
  record Ended(RowOutcome outcome) implements PlannedRow {}

  /**
   * One call.
   *
   * @param row with its account's id
   * @param conflicts what the row asks for and the call leaves out
   */
  record ToSend(InputRow row, AccountUpdate update, Changes changes, List<String> conflicts)
      implements PlannedRow {}
}
