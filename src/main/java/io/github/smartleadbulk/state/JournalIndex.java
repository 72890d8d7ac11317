package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.HeapShare;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.journal.DamagedJournalException;
import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.journal.RecordSource;
import io.github.smartleadbulk.store.Database;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the outcomes of rows from the journals into the database, on demand: a million rows take
 * seconds. Thread-safe.
 */
final class JournalIndex {

  /** Rows per transaction. A transaction also has a limit in bytes of the journal. */
  private static final int ROWS_AT_ONCE = 5_000;

  private final StateBackend backend;
  private final RunJournals journals;
  private final JdbcClient jdbc;
  private final Map<Integer, JournalledRun> unfinished = new HashMap<>();

  JournalIndex(StateBackend backend) {
    this.backend = backend;
    this.journals = backend.journals();
    this.jdbc = JdbcClient.create(backend.dataSource());
  }

  /** Keeps what was read of an unfinished run for the one who asks next. */
  void remember(JournalledRun run) {
    unfinished.put(run.id(), run);
  }

  /** What the journal of an unfinished run says. */
  JournalledRun unfinished(int run) {
    JournalledRun known = unfinished.remove(run);
    try {
      return known == null ? journals.journalled(run, 0) : known;
    } catch (IOException e) {
      throw unreadable(run, e);
    }
  }

  /** Up to which position of a run's journal its outcomes are in the database. */
  long position(int run) {
    return jdbc.sql("SELECT outcomes FROM journal_position WHERE run = ?")
        .param(run)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** Brings the outcomes of all runs into the database. */
  void catchUp() {
    Map<Integer, Long> positionByRun = new TreeMap<>();
    jdbc.sql(
            "SELECT r.id, COALESCE(p.outcomes, 0) AS position FROM run r LEFT JOIN"
                + " journal_position p ON p.run = r.id")
        .query(
            (RowCallbackHandler)
                row -> positionByRun.put(row.getInt("id"), row.getLong("position")));
    positionByRun.forEach(
        (run, position) -> {
          if (length(run) > position) {
            catchUp(run);
          }
        });
  }

  private long length(int run) {
    try {
      return journals.length(run).orElse(0L);
    } catch (IOException e) {
      throw unreadable(run, e);
    }
  }

  static StateException unreadable(int run, IOException e) {
    return new StateException(
        Reason.UNUSABLE,
        "the journal of run " + run + " cannot be read: " + StateException.words(e),
        e);
  }

  /** Brings the outcomes of a run into the database. */
  synchronized void catchUp(int run) {
    try {
      if (journals.length(run).orElse(0L) > position(run)) {
        try (Inserts inserts = new Inserts(backend, run)) {
          catchUp(run, inserts);
        }
      }
    } catch (IOException e) {
      throw unreadable(run, e);
    } catch (SQLException e) {
      throw Database.failed("the history of run " + run + " cannot be updated from its journal", e);
    }
  }

  private void catchUp(int run, Inserts inserts) throws IOException, SQLException {
    long committed = inserts.begin();
    try (RecordSource reader = journals.read(run, committed)) {
      List<JournalRecord> records = reader.next();
      long bytes = 0;
      while (!records.isEmpty()) {
        for (JournalRecord record : records) {
          bytes += record.content().length;
          if (record.kind() == RunEventFormat.ROW_ENDED) {
            inserts.add((RunEvent.RowEnded) RunEventFormat.read(record));
          }
        }
        if (inserts.rows() >= ROWS_AT_ONCE || bytes >= HeapShare.BYTES / 2) {
          inserts.commit(reader.position());
          bytes = 0;
          if (inserts.begin() != reader.position()) {
            // Another process has gone on meanwhile.
            return;
          }
        }
        records = reader.next();
      }
      inserts.commit(reader.position());
    } catch (DamagedJournalException e) {
      // The user got a notice when the folder was opened. The database has what precedes the
      // damage.
      return;
    }
  }

  /** Statements that are prepared once: at high rates, preparing them takes a tenth of a commit. */
  private static final class Inserts implements AutoCloseable {

    private static final String INSERT =
        "INSERT INTO outcome (run_row, line, account_id, status, changed_fields, http_status,"
            + " attempts, message, finished_at, before_values, after_values, workspace)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final int run;
    private final Connection connection;
    private final PreparedStatement outcomes;
    private final PreparedStatement attention;
    private final PreparedStatement counts;
    private final PreparedStatement position;
    private final StateBackend backend;
    private final Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
    private int rows;

    Inserts(StateBackend backend, int run) throws SQLException {
      this.run = run;
      this.backend = backend;
      connection = backend.dataSource().getConnection();
      try {
        connection.setAutoCommit(false);
        outcomes = connection.prepareStatement(INSERT);
        attention = connection.prepareStatement("INSERT INTO attention (attention_row) VALUES (?)");
        counts =
            connection.prepareStatement(
                "MERGE INTO run_count c USING (VALUES (CAST(? AS INT), CAST(? AS VARCHAR), CAST(?"
                    + " AS BIGINT))) n(run, status, added) ON c.run = n.run AND c.status = n.status"
                    + " WHEN MATCHED THEN UPDATE SET rows_ended = c.rows_ended + n.added WHEN NOT"
                    + " MATCHED THEN INSERT (run, status, rows_ended) VALUES (n.run, n.status,"
                    + " n.added)");
        position =
            connection.prepareStatement(
                "MERGE INTO journal_position p USING (VALUES (CAST(? AS INT), CAST(? AS BIGINT)))"
                    + " n(run, outcomes) ON p.run = n.run WHEN MATCHED THEN UPDATE SET outcomes ="
                    + " n.outcomes WHEN NOT MATCHED THEN INSERT (run, outcomes) VALUES (n.run,"
                    + " n.outcomes)");
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }

    /** Waits for others that bring in outcomes of the run, and returns where to go on. */
    long begin() throws SQLException {
      backend.lockOutcomes(connection, run);
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT outcomes FROM journal_position WHERE run = ?")) {
        statement.setInt(1, run);
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? row.getLong(1) : 0;
        }
      }
    }

    int rows() {
      return rows;
    }

    void add(RunEvent.RowEnded ended) throws SQLException {
      RowOutcome outcome = ended.outcome();
      long runRow = RunRow.of(run, outcome.row());
      bind(runRow, outcome, ended.changes());
      outcomes.addBatch();
      if (outcome.status().needsAttention()) {
        attention.setLong(1, runRow);
        attention.addBatch();
      }
      rowsByStatus.merge(outcome.status(), 1L, Long::sum);
      rows++;
    }

    /**
     * @param behind the position in the journal after the rows
     */
    void commit(long behind) throws SQLException {
      outcomes.executeBatch();
      attention.executeBatch();
      for (Map.Entry<RowStatus, Long> count : rowsByStatus.entrySet()) {
        counts.setInt(1, run);
        counts.setString(2, count.getKey().name());
        counts.setLong(3, count.getValue());
        counts.executeUpdate();
      }
      position.setInt(1, run);
      position.setLong(2, behind);
      position.executeUpdate();
      connection.commit();
      rowsByStatus.clear();
      rows = 0;
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
      outcomes.setString(12, outcome.workspace());
    }

    @Override
    public void close() throws SQLException {
      try (connection) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }
}
