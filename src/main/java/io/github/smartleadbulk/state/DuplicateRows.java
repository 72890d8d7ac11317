package io.github.smartleadbulk.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which rows of a run's input speak of one account, kept for its later steps. Thread-safe. */
public final class DuplicateRows {

  /**
   * A row that is not the only one of its account.
   *
   * @param key of the account: its id, or what stands for its address
   */
  public record DuplicateRow(long row, long line, long key) {}

  private final DataSource dataSource;

  DuplicateRows(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Replaces what is on record for the run, in one transaction. */
  public void replace(int run, List<DuplicateRow> rows) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM duplicate_row WHERE run = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO duplicate_row VALUES (?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      delete.setInt(1, run);
      delete.execute();
      int batched = 0;
      for (DuplicateRow row : rows) {
        insert.setInt(1, run);
        insert.setLong(2, row.row());
        insert.setLong(3, row.line());
        insert.setLong(4, row.key());
        insert.addBatch();
        if (++batched % 1_000 == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new StateException(
          StateException.Reason.UNUSABLE,
          "the duplicate rows of run " + run + " could not be kept: " + e.getMessage(),
          e);
    }
  }

  public List<DuplicateRow> of(int run) {
    return JdbcClient.create(dataSource)
        .sql("SELECT row_no, line, account_id FROM duplicate_row WHERE run = ? ORDER BY row_no")
        .param(run)
        .query(
            (row, index) ->
                new DuplicateRow(
                    row.getLong("row_no"), row.getLong("line"), row.getLong("account_id")))
        .list();
  }
}
