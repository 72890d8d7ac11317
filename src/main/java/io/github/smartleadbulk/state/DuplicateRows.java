package io.github.smartleadbulk.state;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of a run's input that share an account, kept for later steps. Thread-safe. */
public final class DuplicateRows {

  /**
   * A row that is not the only one of its account.
   *
   * @param key of the account: its id, or what stands for its address
   */
  public record DuplicateRow(long row, long line, long key) {}

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;

  DuplicateRows(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /** Replaces what is on record for the run, all or nothing. */
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
