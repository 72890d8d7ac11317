package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.input.InputRow;

/** Hears what happens during a run. The run's own threads call it, so it must be quick. */
public interface RunListener {

  /** Whether every row is to be told, not only what kinds of problems there are. */
  default boolean wantsEachRow() {
    return false;
  }

  /** The file in which the lines are that messages name; empty where the user gave it. */
  default String fileOfLines() {
    return "";
  }

  /** Something the user should know. Nothing is wrong. */
  default void note(String message) {}

  /** A row that cannot be sent. Called for each, before anything is sent. */
  default void invalidRow(InputRow row) {}

  /** Something the user should know. It stops nothing. */
  default void warning(String message) {}

  /** All invalid rows are known. */
  default void inspected(long rows, long invalid) {}

  /** More rows turned out to share their account with another one, and are invalid. */
  default void sharedAccounts(long rows) {}

  /** A plan's row that would be sent. */
  default void planned(InputRow row, long accountId, Changes changes) {}

  /** A plan's row that could not be sent. */
  default void wouldFail(RowOutcome outcome) {}
}
