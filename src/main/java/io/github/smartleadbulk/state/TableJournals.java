package io.github.smartleadbulk.state;

import io.github.smartleadbulk.journal.JournalWriter;
import io.github.smartleadbulk.journal.RecordSource;
import io.github.smartleadbulk.postgres.InUseException;
import io.github.smartleadbulk.postgres.TableJournal;
import io.github.smartleadbulk.postgres.TableJournalReader;
import io.github.smartleadbulk.postgres.WorkSession;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The journals in a PostgreSQL database, where every commit is on record. */
final class TableJournals implements RunJournals {

  private interface Opening {
    TableJournal open(WorkSession session) throws IOException;
  }

  private final DataSource pool;
  private final @Nullable WorkSession session;
  private final Map<Integer, JournalWriter> writers = new HashMap<>();

  /**
   * @param session null for a reader
   */
  TableJournals(DataSource pool, @Nullable WorkSession session) {
    this.pool = pool;
    this.session = session;
  }

  @Override
  public synchronized RunJournal create(int run, RunEvent.Begun begun) {
    if (writers.containsKey(run)) {
      throw new IllegalStateException("run " + run + " already exists");
    }
    return open(run, own -> TableJournal.create(pool, own, run, RunEventFormat.write(begun)));
  }

  @Override
  public RunJournal open(int run) {
    return open(run, own -> TableJournal.open(pool, own, run));
  }

  @Override
  public RunJournal join(int run) {
    return open(run, own -> TableJournal.join(pool, own, run));
  }

  private synchronized RunJournal open(int run, Opening opening) {
    JournalWriter writer = writers.get(run);
    if (writer == null) {
      if (session == null) {
        throw new IllegalStateException("opened to read");
      }
      try {
        writer = JournalWriter.to(opening.open(session));
      } catch (InUseException e) {
        throw new StateException(Reason.IN_USE, String.valueOf(e.getMessage()), e);
      } catch (IOException e) {
        throw StateException.ofDisk("the journal of run " + run + " cannot be written", e);
      }
      writers.put(run, writer);
    }
    return new RunJournal(run, writer);
  }

  /** The account list itself is on record. */
  @Override
  public void addToList(int run, RunEvent event) {}

  /** Permits are on record. */
  @Override
  public CompletableFuture<Void> addCall(RunEvent.CallIntended call) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Optional<Long> length(int run) throws IOException {
    return TableJournal.length(pool, run);
  }

  @Override
  public RecordSource read(int run, long from) throws IOException {
    return TableJournalReader.open(pool, run, from);
  }

  @Override
  public synchronized void close() throws IOException {
    for (JournalWriter writer : writers.values()) {
      writer.close();
    }
    writers.clear();
  }
}
