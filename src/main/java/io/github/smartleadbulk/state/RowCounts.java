package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.RowStatus;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many rows of a run have ended how; a status that no row has is not there. Counting a million
 * takes more than a second, so the count of the run's first rows, which have ended without a gap,
 * is kept and only the rows behind them are counted. Thread-safe.
 */
public final class RowCounts {

  private final JdbcClient jdbc;

  RowCounts(DataSource dataSource) {
    jdbc = JdbcClient.create(dataSource);
  }

  /** All rows that have ended. */
  public Map<RowStatus, Long> of(int run) {
    Map<RowStatus, Long> rowsByStatus = kept(run);
    jdbc.sql(
            "SELECT status, COUNT(*) AS rows_ended FROM outcome"
                + " WHERE run_row > ? AND run_row < ? GROUP BY status")
        .params(RunRow.of(run, sum(rowsByStatus)), RunRow.of(run + 1, 0))
        .query(addTo(rowsByStatus));
    return rowsByStatus;
  }

  /** Of the first rows, as they were kept: the sum is the number of the last of them. */
  public Map<RowStatus, Long> kept(int run) {
    Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
    jdbc.sql("SELECT status, rows_ended FROM run_count WHERE run = ?")
        .param(run)
        .query(addTo(rowsByStatus));
    return rowsByStatus;
  }

  /**
   * Keeps the counts of the first rows. In one transaction with what says that these rows need
   * nothing any more.
   */
  public void keep(int run, Map<RowStatus, Long> rowsByStatus) {
    rowsByStatus.forEach(
        (status, rows) ->
            jdbc.sql("MERGE INTO run_count (run, status, rows_ended) VALUES (?, ?, ?)")
                .params(run, status.name(), rows)
                .update());
  }

  public static long sum(Map<RowStatus, Long> rowsByStatus) {
    return rowsByStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  private static RowCallbackHandler addTo(Map<RowStatus, Long> rowsByStatus) {
    return row ->
        rowsByStatus.merge(
            RowStatus.valueOf(row.getString("status")), row.getLong("rows_ended"), Long::sum);
  }
}
