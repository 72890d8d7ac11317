package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.input.RowVerdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the feeder hands to the step, in input order. */
sealed interface FeederItem {

  /**
   * A row whose outcome is known or will be.
   *
   * @param outcome empty where the run was stopped before the row's fate was known
   */
  record Started(CompletableFuture<Optional<RowOutcome>> outcome) implements FeederItem {}

  /** A row that shares the outcome of another one, which comes before it. */
  record Joined(AccountRow row, RowVerdict.Joined leader) implements FeederItem {}

  /** No more rows: the input ends here, or the run was asked to stop. */
  record End(boolean inputEnded) implements FeederItem {}

  /** The feeder could not go on. */
  record Broken(Throwable cause) implements FeederItem {}
}
