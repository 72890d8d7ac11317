package io.github.smartleadbulk.state;

import io.github.smartleadbulk.journal.RecordSource;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The journals of all runs. Thread-safe. */
interface RunJournals extends AutoCloseable {

  /**
   * Begins the journal of a new run. When this returns, the run exists.
   *
   * @throws io.github.smartleadbulk.store.StateException if it cannot be written
   */
  RunJournal create(int run, RunEvent.Begun begun);

  /**
   * Opens the journal of an existing run to append to it.
   *
   * @throws io.github.smartleadbulk.store.StateException if it cannot be written, or another
   *     process works on the run
   */
  RunJournal open(int run);

  /**
   * Opens the journal of a run that another process has, to append to it for a part of the run.
   *
   * @throws UnsupportedOperationException if only one process at a time can work here
   */
  default RunJournal join(int run) {
    throw new UnsupportedOperationException();
  }

  /** Adds to the record of the account list that a run reads. */
  void addToList(int run, RunEvent event);

  /** Adds to the record of calls that belong to no run. */
  CompletableFuture<Void> addCall(RunEvent.CallIntended call);

  /** The position behind the last record of a run's journal; empty if there is no journal. */
  Optional<Long> length(int run) throws IOException;

  /**
   * Reads the journal of a run.
   *
   * @param from the position behind which to begin; 0 for all
   */
  RecordSource read(int run, long from) throws IOException;

  /**
   * What the journal of a run says.
   *
   * @param callsFrom the position in the journal up to which its calls are already known
   */
  default JournalledRun journalled(int run, long callsFrom) throws IOException {
    return JournalledRun.read(run, this, callsFrom);
  }

  /** Waits until every event is on record. */
  @Override
  void close() throws IOException;
}
