package io.github.smartleadbulk.state;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the input rows that share an account, for later steps of the run. Thread-safe. */
public final class DuplicateRows {

  /**
   * A row whose account has other rows too.
   *
   * @param key the account's id, or a number that stands for its address
   */
  public record DuplicateRow(long row, long line, long key) {}

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  DuplicateRows(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /** Replaces all rows recorded for the run, in one transaction. */
  public void replace(int run, List<DuplicateRow> rows) {
    transactions.executeWithoutResult(
        status -> {
          jdbc.update("DELETE FROM duplicate_row WHERE run = ?", run);
          jdbc.batchUpdate(
              "INSERT INTO duplicate_row VALUES (?, ?, ?, ?)",
              rows,
              1_000,
              (statement, row) -> {
                statement.setInt(1, run);
                statement.setLong(2, row.row());
                statement.setLong(3, row.line());
                statement.setLong(4, row.key());
              });
        });
  }

  public List<DuplicateRow> of(int run) {
    return jdbc.query(
        "SELECT row_no, line, account_id FROM duplicate_row WHERE run = ? ORDER BY row_no",
        (row, index) ->
            new DuplicateRow(row.getLong("row_no"), row.getLong("line"), row.getLong("account_id")),
        run);
  }
}
