package io.github.smartleadbulk.postgres;

import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.journal.RecordSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads the journal of a run. It holds a connection until it is closed. */
public final class TableJournalReader implements RecordSource {

  /** How many rows the driver has in memory. A record can be as large as two signatures. */
  private static final int ROWS_IN_MEMORY = 32;

  private static final int LARGEST_BATCH = 1 << 20;

  private final Connection connection;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private long position;

  private TableJournalReader(
      Connection connection, PreparedStatement statement, ResultSet rows, long position) {
    this.connection = connection;
    this.statement = statement;
    this.rows = rows;
    this.position = position;
  }

  /**
   * Opens a journal.
   *
   * @param from the position behind which to begin; 0 for the first record
   */
  public static TableJournalReader open(DataSource pool, int run, long from) throws IOException {
    try {
      Connection connection = pool.getConnection();
      try {
        // Without a transaction, the driver would read all rows at once.
        connection.setAutoCommit(false);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT position, kind, content FROM journal_record WHERE run = ? AND position > ?"
                    + " ORDER BY position");
        statement.setInt(1, run);
        statement.setLong(2, from);
        statement.setFetchSize(ROWS_IN_MEMORY);
        return new TableJournalReader(connection, statement, statement.executeQuery(), from);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  @Override
  public List<JournalRecord> next() throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    int bytes = 0;
    try {
      while (records.size() < ROWS_IN_MEMORY && bytes < LARGEST_BATCH && rows.next()) {
        position = rows.getLong(1);
        JournalRecord record = new JournalRecord((byte) rows.getShort(2), rows.getBytes(3));
        bytes += record.content().length;
        records.add(record);
      }
      return records;
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    try (connection;
        statement;
        rows) {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }
}
