package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.input.InputRow;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Receives the events of a run. The run's own threads call it, so it must be quick. */
public interface RunListener {

  /** Whether to report every row, not only the kinds of problems. */
  default boolean wantsEachRow() {
    return false;
  }

  /**
   * The file that line numbers in messages refer to; empty if it is the file that the user gave.
   */
  default String fileOfLines() {
    return "";
  }

  /** Something the user should know. Nothing is wrong. */
  default void note(String message) {}

  /** A row cannot be sent. Called for each such row, before anything is sent. */
  default void invalidRow(InputRow row) {}

  /** Something the user should know. The run continues. */
  default void warning(String message) {}

  /**
   * A workspace has stopped, and others go on.
   *
   * @param why a sentence without its full stop
   */
  default void workspaceStopped(String workspace, String why) {}

  /** All invalid rows are known. */
  default void inspected(long rows, long invalid) {}

  /** More rows are invalid, because they share their account with another row. */
  default void sharedAccounts(long rows) {}

  /** Whether to ask before anything is sent. */
  default boolean wantsToAgree() {
    return false;
  }

  /**
   * Asks the user whether to send the changes, and waits for the answer.
   *
   * @param isOver whether the run has been asked to stop, so that no answer is needed
   */
  default boolean agrees(PlanTotals changes, BooleanSupplier isOver) {
    return true;
  }

  /**
   * A run would send this row of a plan.
   *
   * @param fromEmail the account's address; null if it is not known
   */
  default void planned(InputRow row, long accountId, @Nullable String fromEmail, Changes changes) {}

  /**
   * A guard would stop the run that a dry run stands for.
   *
   * @param why a sentence without its full stop
   */
  default void wouldStop(String why) {}

  /** A run could not send this row of a plan. */
  default void wouldFail(RowOutcome outcome) {}

  /**
   * A run would leave the account of this row of a plan as it is, though the row says otherwise.
   */
  default void wouldKeep(RowOutcome outcome) {}
}
