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
 * The journal of a run, as rows. Only the session that has it can append, and those that have
 * {@linkplain PartTable parts} of the run from it, as long as nobody has ended them: this is
 * checked in the statement of each write. A write is one statement, so that a process that is
 * paused never holds up those that take over.
 */
public final class TableJournal implements JournalTarget {

  private static final String OWN =
      "WITH given AS (SELECT CAST(? AS INT) AS session, CAST(? AS INT) AS run, CAST(? AS INT) AS"
          + " added), own AS (SELECT id FROM work_session WHERE id = (SELECT session FROM given) AND"
          + " NOT ended FOR SHARE), target AS (";

  private static final String CREATE =
      OWN
          + "INSERT INTO journal (run, length, session) SELECT given.run, added, own.id FROM own,"
          + " given RETURNING run, 0 AS old_length), ";

  private static final String APPEND =
      OWN
          + "UPDATE journal SET length = length + added FROM own, given WHERE journal.run = given.run"
          + " AND (journal.session = own.id OR EXISTS (SELECT 1 FROM run_part p WHERE p.run ="
          + " given.run AND p.session = own.id AND p.owner = journal.session AND NOT p.is_over))"
          + " RETURNING journal.run, length - added AS old_length), ";

  private static final String RECORDS =
      "inserted AS (INSERT INTO journal_record (run, position, kind, content) SELECT target.run,"
          + " old_length + number, kind, content FROM target, UNNEST(?, ?) WITH ORDINALITY"
          + " record(kind, content, number)) SELECT old_length FROM target";

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
    journal.append(CREATE, List.of(first));
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
    return join(pool, session, run);
  }

  /** Opens a journal to append to it for a {@linkplain PartTable part} of the run. */
  public static TableJournal join(DataSource pool, WorkSession session, int run)
      throws IOException {
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
    append(APPEND, records);
  }

  private void append(String head, List<JournalRecord> records) throws IOException {
    Short[] kinds = records.stream().map(record -> (short) record.kind()).toArray(Short[]::new);
    byte[][] contents = records.stream().map(JournalRecord::content).toArray(byte[][]::new);
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(head + RECORDS)) {
      statement.setInt(1, session);
      statement.setInt(2, run);
      statement.setInt(3, records.size());
      statement.setArray(4, connection.createArrayOf("int2", kinds));
      statement.setArray(5, connection.createArrayOf("bytea", contents));
      try (ResultSet before = statement.executeQuery()) {
        if (!before.next()) {
          throw new SessionLostException();
        }
        length = before.getLong(1) + records.size();
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
