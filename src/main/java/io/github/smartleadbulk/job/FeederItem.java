package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the feeder hands to the step, in the order of the input. */
sealed interface FeederItem {

  /**
   * A row whose outcome is known or comes.
   *
   * @param outcome empty where the run was stopped before the row's fate was known
   */
  record Started(CompletableFuture<Optional<RowOutcome>> outcome) implements FeederItem {}

  /** A row that was joined to an earlier one of the same account and shares its outcome. */
  record Joined(AccountRow row, long leaderRow) implements FeederItem {}

  /** No more rows: the input ends here, or the run was asked to stop. */
  record End(boolean inputEnded) implements FeederItem {}

  /** The feeder could not go on. */
  record Broken(Throwable cause) implements FeederItem {}
}
