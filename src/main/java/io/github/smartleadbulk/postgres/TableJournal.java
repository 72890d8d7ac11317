package io.github.smartleadbulk.postgres;

import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.journal.JournalTarget;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The journal of a run, as rows. Only the session that has it can append, and only as long as
 * nobody has ended that session: both are checked in the transaction of each write.
 */
public final class TableJournal implements JournalTarget {

  private final DataSource pool;
  private final int session;
  private final int run;
  private volatile long length;

  private TableJournal(DataSource pool, int session, int run, long length) {
    this.pool = pool;
    this.session = session;
    this.run = run;
    this.length = length;
  }

  /** Begins the journal of a new run with its first record. */
  public static TableJournal create(
      DataSource pool, WorkSession session, int run, JournalRecord first) throws IOException {
    TableJournal journal = new TableJournal(pool, session.id(), run, 0);
    journal.transact(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "INSERT INTO journal (run, length, session) VALUES (?, 0, ?)")) {
            statement.setInt(1, run);
            statement.setInt(2, session.id());
            statement.executeUpdate();
          }
          journal.append(connection, List.of(first));
        });
    return journal;
  }

  /**
   * Opens a journal to append to it.
   *
   * @throws InUseException if another process works on the run
   * @throws IOException also if there is no journal
   */
  public static TableJournal open(DataSource pool, WorkSession session, int run)
      throws IOException {
    try {
      Optional<WorkSession.Conflict> conflict = session.claimJournal(run);
      if (conflict.isPresent()) {
        throw new InUseException("run " + run, conflict.get());
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
    long length =
        length(pool, run).orElseThrow(() -> new IOException("run " + run + " has no journal"));
    return new TableJournal(pool, session.id(), run, length);
  }

  /** How many records the journal of a run has; empty if there is no journal. */
  public static Optional<Long> length(DataSource pool, int run) throws IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT length FROM journal WHERE run = ?")) {
      statement.setInt(1, run);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void write(List<JournalRecord> records) throws IOException {
    transact(connection -> append(connection, records));
  }

  private interface Work {
    void in(Connection connection) throws SQLException;
  }

  private void transact(Work work) throws IOException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        work.in(connection);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  private void append(Connection connection, List<JournalRecord> records) throws SQLException {
    long end = length + records.size();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "WITH own AS (SELECT id FROM work_session WHERE id = ? AND NOT ended FOR SHARE) UPDATE"
                + " journal SET length = ? FROM own WHERE run = ? AND session = own.id AND length ="
                + " ?")) {
      statement.setInt(1, session);
      statement.setLong(2, end);
      statement.setInt(3, run);
      statement.setLong(4, length);
      if (statement.executeUpdate() == 0) {
        throw new SessionLostException();
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO journal_record (run, position, kind, content) VALUES (?, ?, ?, ?)")) {
      long position = length;
      for (JournalRecord record : records) {
        position++;
        statement.setInt(1, run);
        statement.setLong(2, position);
        statement.setShort(3, record.kind());
        statement.setBytes(4, record.content());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    length = end;
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
