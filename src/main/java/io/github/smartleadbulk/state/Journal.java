package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what became of each row of a run, the moment that it is known and apart from the
 * transaction of the chunk: what is on record here has happened, and is never sent again.
 *
 * <p>One thread commits all outcomes that have come in since its last commit together, so that the
 * cost of a commit is shared at high rates and paid at once at low ones. Thread-safe.
 */
public final class Journal implements AutoCloseable {

  private static final String INSERT =
      "INSERT INTO outcome (run_row, line, account_id, status, changed_fields, http_status,"
          + " attempts, message, finished_at, before_values, after_values)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String INSERT_ATTENTION = "INSERT INTO attention (attention_row) VALUES (?)";

  private static final int LARGEST_COMMIT = 1_000;

  /** Enough for the next commit to be worth its while. */
  private static final int FEW = 32;

  private record Entry(
      RowOutcome outcome, @Nullable Changes changes, CompletableFuture<RowOutcome> committed) {}

  private final int run;
  private final DataSource dataSource;
  private final Entry end;
  private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(4 * LARGEST_COMMIT);
  private final Thread writer;
  private final Object caughtUp = new Object();
  private int uncommitted;
  private volatile @Nullable StateException failure;

  private Journal(DataSource dataSource, int run) {
    this.dataSource = dataSource;
    this.run = run;
    end =
        new Entry(
            new RowOutcome(0, 0, null, RowStatus.SKIPPED, List.of(), null, 0, "", null),
            null,
            new CompletableFuture<>());
    writer = new Thread(this::writeAll, "journal");
    writer.setDaemon(true);
  }

  /** Starts the journal of a run. */
  public static Journal open(StateStore store, int run) {
    Journal journal = new Journal(store.dataSource(), run);
    journal.writer.start();
    return journal;
  }

  /**
   * Hands an outcome over; waits only where the disk is slower than the API.
   *
   * @return completes when the outcome is committed, exceptionally when it could not be
   */
  public CompletableFuture<RowOutcome> record(RowOutcome outcome) {
    return record(outcome, null);
  }

  /**
   * The same.
   *
   * @param changes null where nothing was changed
   */
  public CompletableFuture<RowOutcome> record(RowOutcome outcome, @Nullable Changes changes) {
    Entry entry = new Entry(outcome, changes, new CompletableFuture<>());
    count(1);
    put(entry);
    return entry.committed();
  }

  /**
   * Waits until no more than a few of the outcomes that were handed over are still to be committed.
   * Who sends calls does so before each: a kill forgets what is not committed, and all of it would
   * be sent again, however long the disk had been slow.
   */
  public void catchUp() throws InterruptedException {
    synchronized (caughtUp) {
      while (uncommitted > FEW) {
        caughtUp.wait();
      }
    }
  }

  private void count(int change) {
    synchronized (caughtUp) {
      uncommitted += change;
      caughtUp.notifyAll();
    }
  }

  private void put(Entry entry) {
    boolean interrupted = false;
    while (true) {
      try {
        entries.put(entry);
        break;
      } catch (InterruptedException e) {
        // An outcome that is known must not be lost because somebody is in a hurry.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeAll() {
    List<Entry> batch = new ArrayList<>(LARGEST_COMMIT);
    boolean ended = false;
    while (!ended) {
      try {
        batch.add(entries.take());
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts the journal", e);
      }
      entries.drainTo(batch, LARGEST_COMMIT - 1);
      ended = batch.remove(end);
      commit(batch);
      batch.clear();
    }
  }

  private void commit(List<Entry> batch) {
    StateException failed = failure;
    if (failed == null && !batch.isEmpty()) {
      try {
        insert(batch);
      } catch (SQLException | RuntimeException e) {
        failed =
            new StateException(
                StateException.Reason.UNUSABLE,
                "the outcomes of run " + run + " could not be kept: " + e.getMessage(),
                e);
        failure = failed;
      }
    }
    for (Entry entry : batch) {
      if (failed == null) {
        entry.committed().complete(entry.outcome());
      } else {
        entry.committed().completeExceptionally(failed);
      }
    }
    count(-batch.size());
  }

  private void insert(List<Entry> batch) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement attention = connection.prepareStatement(INSERT_ATTENTION)) {
      connection.setAutoCommit(false);
      for (Entry entry : batch) {
        bind(insert, entry.outcome(), entry.changes());
        insert.addBatch();
        if (entry.outcome().status().needsAttention()) {
          attention.setLong(1, RunRow.of(run, entry.outcome().row()));
          attention.addBatch();
        }
      }
      insert.executeBatch();
      attention.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private void bind(PreparedStatement insert, RowOutcome outcome, @Nullable Changes changes)
      throws SQLException {
    insert.setLong(1, RunRow.of(run, outcome.row()));
    insert.setLong(2, outcome.line());
    insert.setObject(3, outcome.accountId(), Types.BIGINT);
    insert.setString(4, outcome.status().name());
    insert.setString(5, String.join(";", outcome.changedFields()));
    insert.setObject(6, outcome.httpStatus(), Types.INTEGER);
    insert.setInt(7, outcome.attempts());
    insert.setString(8, outcome.message());
    insert.setObject(
        9, outcome.finishedAt() == null ? null : outcome.finishedAt().toEpochMilli(), Types.BIGINT);
    insert.setString(10, changes == null ? null : StoredSettings.write(changes.before()));
    insert.setString(11, changes == null ? null : StoredSettings.write(changes.after()));
  }

  /** Waits until everything that was handed over is committed. */
  @Override
  public void close() {
    put(end);
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
