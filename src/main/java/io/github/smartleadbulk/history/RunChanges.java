package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.state.Outcomes.RunOutcome;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a run that have ended, with what they changed, in the order of the input. It holds
 * few rows at a time, however many there are. Close it even if you read only some of them.
 *
 * <p>Rows that were still open when the run stopped are left out.
 */
public final class RunChanges implements Iterator<RunChanges.ChangedRow>, AutoCloseable {

  private final StateStore store;
  private final int run;
  private final Set<RowStatus> statuses;
  private final Deque<RunOutcome> page = new ArrayDeque<>();
  private long readUpTo;
  private boolean ended;

  /** The run's copy of the input, read along; null if it names no addresses. */
  private @Nullable InputRows input;

  private @Nullable InputRow inputRow;

  /**
   * A row that has ended.
   *
   * @param address the account's address; null if the input does not name it or cannot be read
   * @param changes what was sent, with the values before; null if nothing was sent
   */
  public record ChangedRow(
      RowOutcome outcome, @Nullable String address, @Nullable Changes changes) {}

  private RunChanges(
      StateStore store, int run, Set<RowStatus> statuses, @Nullable InputRows input) {
    this.store = store;
    this.run = run;
    this.statuses = statuses;
    this.input = input;
  }

  /**
   * Opens the rows of a run that have one of the statuses.
   *
   * <p>If the run's copy of the input is missing or was changed, the rows come without addresses.
   */
  public static RunChanges open(StateStore store, RunRecord run, Set<RowStatus> statuses) {
    return new RunChanges(store, run.id(), statuses, rowsWithAddresses(store, run));
  }

  private static @Nullable InputRows rowsWithAddresses(StateStore store, RunRecord run) {
    try {
      Optional<InputFile> copy = RunPreparation.unchangedInputOf(store, run);
      return copy.isEmpty() || copy.get().header().indexOf(Column.FROM_EMAIL) < 0
          ? null
          : copy.get().rows();
    } catch (IOException | InputException | RunRefusedException e) {
      return null;
    }
  }

  @Override
  public boolean hasNext() {
    if (page.isEmpty() && !ended) {
      page.addAll(store.outcomes().pageWithChanges(run, readUpTo, statuses));
      ended = page.isEmpty();
    }
    return !page.isEmpty();
  }

  @Override
  public ChangedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RunOutcome next = page.removeFirst();
    readUpTo = next.outcome().row();
    return new ChangedRow(next.outcome(), address(readUpTo), next.changes());
  }

  private @Nullable String address(long row) {
    try {
      while (input != null && (inputRow == null || inputRow.row().number() < row)) {
        inputRow = input.read();
        if (inputRow == null) {
          closeInput();
        }
      }
    } catch (IOException | InputException e) {
      closeInput();
    }
    return input != null && inputRow != null && inputRow.row().number() == row
        ? inputRow.fromEmail()
        : null;
  }

  private void closeInput() {
    InputRows open = input;
    input = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    closeInput();
  }
}
