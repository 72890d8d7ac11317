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

  private record Entry(
      RowOutcome outcome, @Nullable Changes changes, CompletableFuture<RowOutcome> committed) {}

  private final int run;
  private final DataSource dataSource;
  private final Entry end;
  private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(4 * LARGEST_COMMIT);
  private final Thread writer;
  private @Nullable Inserts inserts;
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
    put(entry);
    return entry.committed();
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
        if (inserts == null) {
          inserts = new Inserts(dataSource);
        }
        inserts.commit(run, batch);
      } catch (SQLException | RuntimeException e) {
        failed = notKept(e);
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
  }

  private StateException notKept(Exception e) {
    return new StateException(
        StateException.Reason.UNUSABLE,
        "the outcomes of run " + run + " could not be kept: " + e.getMessage(),
        e);
  }

  /**
   * Waits until everything that was handed over is committed.
   *
   * @throws StateException if the database cannot even be let go, and no outcome has told so
   */
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
    try (Inserts closing = inserts) {
      inserts = null;
    } catch (SQLException e) {
      if (failure == null) {
        throw notKept(e);
      }
    }
  }

  /** Prepared once: at high rates the preparation is a tenth of a commit. */
  private static final class Inserts implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement outcomes;
    private final PreparedStatement attention;

    Inserts(DataSource dataSource) throws SQLException {
      connection = dataSource.getConnection();
      try {
        connection.setAutoCommit(false);
        outcomes = connection.prepareStatement(INSERT);
        attention = connection.prepareStatement(INSERT_ATTENTION);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }

    void commit(int run, List<Entry> batch) throws SQLException {
      boolean isAttentionNeeded = false;
      for (Entry entry : batch) {
        RowOutcome outcome = entry.outcome();
        long runRow = RunRow.of(run, outcome.row());
        bind(runRow, outcome, entry.changes());
        outcomes.addBatch();
        if (outcome.status().needsAttention()) {
          attention.setLong(1, runRow);
          attention.addBatch();
          isAttentionNeeded = true;
        }
      }
      outcomes.executeBatch();
      if (isAttentionNeeded) {
        attention.executeBatch();
      }
      connection.commit();
    }

    private void bind(long runRow, RowOutcome outcome, @Nullable Changes changes)
        throws SQLException {
      outcomes.setLong(1, runRow);
      outcomes.setLong(2, outcome.line());
      outcomes.setObject(3, outcome.accountId(), Types.BIGINT);
      outcomes.setString(4, outcome.status().name());
      outcomes.setString(5, String.join(";", outcome.changedFields()));
      outcomes.setObject(6, outcome.httpStatus(), Types.INTEGER);
      outcomes.setInt(7, outcome.attempts());
      outcomes.setString(8, outcome.message());
      outcomes.setObject(
          9,
          outcome.finishedAt() == null ? null : outcome.finishedAt().toEpochMilli(),
          Types.BIGINT);
      outcomes.setString(10, changes == null ? null : StoredSettings.write(changes.before()));
      outcomes.setString(11, changes == null ? null : StoredSettings.write(changes.after()));
    }

    @Override
    public void close() throws SQLException {
      try (connection;
          outcomes) {
        attention.close();
      }
    }
  }
}
