package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.journal.JournalWriter;
import io.github.smartleadbulk.store.StateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run that this process works on. What it records stays on record whatever happens
 * to the process, the machine or the database. Thread-safe.
 */
public final class RunJournal {

  private final int run;
  private final JournalWriter writer;

  RunJournal(int run, JournalWriter writer) {
    this.run = run;
    this.writer = writer;
  }

  /**
   * Records that a call is about to be sent for a row. Send the call only after the result
   * completes.
   *
   * @param caller whose limit the call counts against, see {@link CallLog#caller}; null for none
   * @param changes the values that the row sets, and those before
   * @param workspace the place of the row's workspace among those of the run
   */
  public CompletableFuture<Void> intend(
      Instant at, @Nullable String caller, long row, Changes changes, int workspace) {
    return append(new RunEvent.CallIntended(at, caller, row, changes, workspace));
  }

  /** Records that a call to read accounts of a workspace is about to be sent. */
  public CompletableFuture<Void> intendToRead(Instant at, @Nullable String caller, int workspace) {
    return append(new RunEvent.CallIntended(at, caller, 0, null, workspace));
  }

  /**
   * Records the outcome of a row.
   *
   * @param changes null if nothing was changed
   * @return completes when the outcome is on the disk; completes exceptionally with a {@link
   *     StateException} if it cannot be written
   */
  public CompletableFuture<RowOutcome> record(RowOutcome outcome, @Nullable Changes changes) {
    return append(new RunEvent.RowEnded(outcome, changes)).thenApply(forced -> outcome);
  }

  /**
   * Records how far {@code results.csv} was written, and what that took.
   *
   * @param calls by this process and all earlier processes of the run, like the other totals
   */
  public void written(
      WrittenLines lines,
      Instant at,
      long calls,
      long rateLimited,
      Map<String, Duration> waitedByCause) {
    await(append(new RunEvent.LinesWritten(lines, calls, rateLimited, at, waitedByCause)));
  }

  /** Writes events, and waits until all of them are on the disk. */
  void writeAll(List<RunEvent> events) {
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (RunEvent event : events) {
      last = append(event);
    }
    await(last);
  }

  void write(RunEvent event) {
    await(append(event));
  }

  /** The position behind the last record that this process has put on record. */
  public long length() {
    return writer.length();
  }

  private CompletableFuture<Void> append(RunEvent event) {
    return writer
        .append(RunEventFormat.write(event))
        .exceptionally(
            failure -> {
              throw notKept(failure);
            });
  }

  private StateException notKept(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return StateException.ofDisk("the journal of run " + run + " cannot be written", cause);
  }

  static void await(CompletableFuture<Void> forced) {
    try {
      forced.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StateException cause ? cause : e;
    }
  }
}
