package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.RowStatus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the rows of a run by status. Statuses without rows are left out. Thread-safe. */
public final class RowCounts {

  private final JdbcClient jdbc;
  private final JournalIndex index;

  RowCounts(DataSource dataSource, JournalIndex index) {
    jdbc = JdbcClient.create(dataSource);
    this.index = index;
  }

  public Map<RowStatus, Long> of(int run) {
    index.catchUp(run);
    Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
    jdbc.sql("SELECT status, rows_ended FROM run_count WHERE run = ?")
        .param(run)
        .query(
            (RowCallbackHandler)
                row ->
                    rowsByStatus.put(
                        RowStatus.valueOf(row.getString("status")), row.getLong("rows_ended")));
    return rowsByStatus;
  }

  /**
   * The counts of each workspace in which rows of a run have ended, by its name. Reads every
   * outcome of the run: a million take a second.
   */
  public Map<String, Map<RowStatus, Long>> byWorkspace(int run) {
    index.catchUp(run);
    Map<String, Map<RowStatus, Long>> rowsByStatusByWorkspace = new TreeMap<>();
    jdbc.sql(
            "SELECT workspace, status, COUNT(*) AS ended FROM outcome WHERE run_row > ? AND run_row"
                + " < ? GROUP BY workspace, status")
        .params(RunRow.of(run, 0), RunRow.of(run + 1, 0))
        .query(
            (RowCallbackHandler)
                row ->
                    rowsByStatusByWorkspace
                        .computeIfAbsent(
                            row.getString("workspace"), name -> new EnumMap<>(RowStatus.class))
                        .put(RowStatus.valueOf(row.getString("status")), row.getLong("ended")));
    return rowsByStatusByWorkspace;
  }

  /** The counts of all runs that have any. */
  public Map<Integer, Map<RowStatus, Long>> ofAll() {
    index.catchUp();
    Map<Integer, Map<RowStatus, Long>> rowsByStatusByRun = new HashMap<>();
    jdbc.sql("SELECT run, status, rows_ended FROM run_count")
        .query(
            (RowCallbackHandler)
                row ->
                    rowsByStatusByRun
                        .computeIfAbsent(row.getInt("run"), run -> new EnumMap<>(RowStatus.class))
                        .put(
                            RowStatus.valueOf(row.getString("status")), row.getLong("rows_ended")));
    return rowsByStatusByRun;
  }

  public static long sum(Map<RowStatus, Long> rowsByStatus) {
    return rowsByStatus.values().stream().mapToLong(Long::longValue).sum();
  }
}
