package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event in a journal. {@link RunEventFormat} defines its bytes. */
sealed interface RunEvent {

  /** The run began. The first event of its journal. */
  record Begun(RunSpec spec, @Nullable String resultsPath, Instant at) implements RunEvent {}

  /**
   * Another process resumed the run, perhaps with other keys and another place for results.
   *
   * @param keyHashes of the keys, in the order of the run's workspaces
   * @param options those that the process has given another value
   * @param at null if an earlier version recorded it
   */
  record Reopened(
      List<String> keyHashes,
      @Nullable String resultsPath,
      Map<String, String> options,
      @Nullable Instant at)
      implements RunEvent {}

  /**
   * The rows of the input were counted.
   *
   * @param rowsByWorkspace in the order of the run's workspaces; empty if they were not counted
   */
  record RowsCounted(long rows, List<Long> rowsByWorkspace) implements RunEvent {}

  /**
   * A call is about to be sent.
   *
   * @param row the row that the call is for; 0 for a page of the account list
   * @param caller whose limit the call counts against; null for none
   * @param changes the values that the row sets, and those before; null for a page
   * @param workspace the place of the workspace among those of the run
   */
  record CallIntended(
      Instant at, @Nullable String caller, long row, @Nullable Changes changes, int workspace)
      implements RunEvent {}

  /**
   * The outcome of a row is known.
   *
   * @param changes null if nothing was changed
   */
  record RowEnded(RowOutcome outcome, @Nullable Changes changes) implements RunEvent {}

  /**
   * {@code results.csv} was written up to this point.
   *
   * @param calls by this process and all earlier ones, like the other totals
   * @param at null if an earlier version recorded it; the waits are not known then
   */
  record LinesWritten(
      WrittenLines lines,
      long calls,
      long rateLimited,
      @Nullable Instant at,
      Map<String, Duration> waitedByCause)
      implements RunEvent {}

  /** The process that worked on the run stopped or finished it. */
  record Ended(RunEnding ending, Instant at, long calls, long rateLimited) implements RunEvent {}

  /** The first rows of a workspace were read back and found right. */
  record CanaryPassed(int rows, int workspace) implements RunEvent {}

  /** The process stopped or finished its work on a workspace. */
  record WorkspaceEnded(int workspace, WorkspaceTotals totals) implements RunEvent {}

  /** The run started to read the account list of a workspace from its beginning. */
  record ListBegun(Instant at, int workspace) implements RunEvent {}

  /**
   * A page of the account list of a workspace was read.
   *
   * @param rows by how many list positions to move on; negative for a step back
   * @param complete whether this was the last page
   * @param fault why the list is not whole, if this was the last page; null if it is whole
   */
  record PageRead(
      List<Account> accounts,
      int rows,
      boolean complete,
      @Nullable String fault,
      Instant at,
      int workspace)
      implements RunEvent {}
}
