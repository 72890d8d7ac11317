package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.input.InputRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do with a row that is not joined to another row. */
sealed interface PlannedRow {

  /** The outcome is known without a call. */
  record Ended(RowOutcome outcome) implements PlannedRow {}

  /**
   * The row needs one call.
   *
   * @param row the row with its account's id
   * @param fromEmail the address of the account, as far as known
   * @param conflicts why the call leaves out settings of the row, which therefore fails
   * @param kept why the call leaves out settings of the row, which is fine
   */
  record ToSend(
      InputRow row,
      AccountUpdate update,
      @Nullable String fromEmail,
      Changes changes,
      List<String> conflicts,
      List<String> kept)
      implements PlannedRow {}
}
