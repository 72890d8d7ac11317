package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.input.InputRow;
import java.util.List;

/** What is to be done about a row. */
sealed interface PlannedRow {

  /** Nothing; what becomes of it is known without a call. */
  record Ended(RowOutcome outcome) implements PlannedRow {}

  /** Nothing by itself: another row carries what it sets. */
  record Joined(AccountRow row, long leaderRow) implements PlannedRow {}

  /**
   * One call.
   *
   * @param row with its account's id
   * @param conflicts what the row asks and the call does not do
   */
  record ToSend(InputRow row, AccountUpdate update, Changes changes, List<String> conflicts)
      implements PlannedRow {}
}
