package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.input.RowVerdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the feeder passes to the step, in input order. */
sealed interface FeederItem {

  /**
   * A row whose outcome is known or expected.
   *
   * @param outcome empty if the run stopped before the outcome was known
   */
  record Started(CompletableFuture<Optional<RowOutcome>> outcome) implements FeederItem {}

  /** A row that shares the outcome of an earlier row. */
  record Joined(AccountRow row, RowVerdict.Joined leader) implements FeederItem {}

  /** There are no more rows: the input has ended, or the run was asked to stop. */
  record End(boolean inputEnded) implements FeederItem {}

  /** The feeder failed. */
  record Broken(Throwable cause) implements FeederItem {}
}
