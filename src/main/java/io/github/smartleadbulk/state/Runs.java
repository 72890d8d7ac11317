package io.github.smartleadbulk.state;

import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The history of runs. Thread-safe. */
public final class Runs {

  private static final String SELECT =
      "SELECT id, command, input_name, input_path, fingerprint, target, key_hash, status, exit_code,"
          + " started_at, ended_at, row_count, results_path, calls, rate_limited, origin, stopped,"
          + " waited, canary"
          + " FROM run ";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final StateBackend backend;
  private final RunJournals journals;

  Runs(StateBackend backend) {
    transactions = new TransactionTemplate(new JdbcTransactionManager(backend.dataSource()));
    jdbc = JdbcClient.create(backend.dataSource());
    this.backend = backend;
    this.journals = backend.journals();
  }

  /**
   * Begins a run with status {@code running}. After a crash, the run is on record as a whole or not
   * at all.
   */
  public RunRecord create(int id, RunSpec spec, @Nullable String resultsPath, Instant now) {
    journals.create(id, new RunEvent.Begun(spec, resultsPath, now));
    put(RunRecord.begun(id, spec, resultsPath, now), Map.of());
    return find(id).orElseThrow();
  }

  /** Stores what the journal says about a run in the database. */
  void put(RunRecord run, Map<Integer, WorkspaceTotals> totalsByWorkspace) {
    transactions.executeWithoutResult(
        status -> {
          merge(run);
          putWorkspaces(run, totalsByWorkspace);
        });
  }

  private void putWorkspaces(RunRecord run, Map<Integer, WorkspaceTotals> totalsByWorkspace) {
    List<RunSpec.Workspace> workspaces = run.spec().workspaces();
    jdbc.sql("DELETE FROM run_workspace WHERE run = ?").param(run.id()).update();
    for (int place = 0; place < workspaces.size(); place++) {
      RunSpec.Workspace workspace = workspaces.get(place);
      WorkspaceTotals totals = totalsByWorkspace.getOrDefault(place, WorkspaceTotals.NONE);
      jdbc.sql(
              "INSERT INTO run_workspace (run, place, name, target, key_hash, calls, rate_limited,"
                  + " waited, canary, exit_code, stopped, row_count)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .param(run.id())
          .param(place)
          .param(workspace.name())
          .param(workspace.target())
          .param(workspace.keyHash())
          .param(totals.calls())
          .param(totals.rateLimited())
          .param(StoredWaits.write(totals.waitedByCause()))
          .param(totals.canary())
          .param(totals.exitCode())
          .param(totals.stopped())
          .param(totals.rows())
          .update();
    }
  }

  /** What a run has done in its workspaces, in their order. */
  public List<WorkspaceTotals> workspaces(int run) {
    return jdbc.sql(
            "SELECT row_count, calls, rate_limited, waited, canary, exit_code, stopped FROM run_workspace"
                + " WHERE run = ? ORDER BY place")
        .param(run)
        .query(
            (row, index) ->
                new WorkspaceTotals(
                    row.getObject("row_count", Long.class),
                    row.getLong("calls"),
                    row.getLong("rate_limited"),
                    StoredWaits.read(row.getString("waited")),
                    row.getInt("canary"),
                    row.getObject("exit_code", Integer.class),
                    row.getString("stopped")))
        .list();
  }

  /**
   * Records how the process's work on the workspaces of a run ended.
   *
   * @param totals in the order of the run's workspaces
   */
  public void endWorkspaces(int run, List<WorkspaceTotals> totals) {
    RunJournal journal = journals.open(run);
    List<RunEvent> ends = new ArrayList<>();
    for (int place = 0; place < totals.size(); place++) {
      ends.add(new RunEvent.WorkspaceEnded(place, totals.get(place)));
    }
    journal.writeAll(ends);
    transactions.executeWithoutResult(
        status -> {
          for (int place = 0; place < totals.size(); place++) {
            update(run, place, totals.get(place));
          }
        });
  }

  /**
   * Notes for the process that has a run what this one has done in workspaces of it. The end of the
   * run puts it on record.
   *
   * @param totals by the places of the workspaces
   */
  public void note(int run, Map<Integer, WorkspaceTotals> totals) {
    transactions.executeWithoutResult(
        status -> totals.forEach((place, total) -> update(run, place, total)));
  }

  private void update(int run, int place, WorkspaceTotals totals) {
    jdbc.sql(
            "UPDATE run_workspace SET calls = ?, rate_limited = ?, waited = ?, canary = ?,"
                + " exit_code = ?, stopped = ? WHERE run = ? AND place = ?")
        .param(totals.calls())
        .param(totals.rateLimited())
        .param(StoredWaits.write(totals.waitedByCause()))
        .param(totals.canary())
        .param(totals.exitCode())
        .param(totals.stopped())
        .param(run)
        .param(place)
        .update();
  }

  private void merge(RunRecord run) {
    RunSpec spec = run.spec();
    // Rows of other tables refer to the run, so it is not deleted and inserted again.
    boolean isKnown = find(run.id()).isPresent();
    jdbc.sql(
            isKnown
                ? "UPDATE run SET command = ?, input_name = ?, input_path = ?, fingerprint = ?,"
                    + " target = ?, key_hash = ?, status = ?, exit_code = ?, started_at = ?,"
                    + " ended_at = ?, row_count = ?, results_path = ?, calls = ?, rate_limited = ?,"
                    + " origin = ?, stopped = ?, waited = ?, canary = ? WHERE id = ?"
                : "INSERT INTO run (command, input_name, input_path, fingerprint, target, key_hash,"
                    + " status, exit_code, started_at, ended_at, row_count, results_path, calls,"
                    + " rate_limited, origin, stopped, waited, canary, id)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(spec.command())
        .param(spec.inputName())
        .param(spec.inputPath())
        .param(spec.fingerprint())
        .param(spec.target())
        .param(spec.keyHash())
        .param(run.status().name())
        .param(run.exitCode())
        .param(run.startedAt().toEpochMilli())
        .param(run.endedAt() == null ? null : run.endedAt().toEpochMilli())
        .param(run.rows())
        .param(run.resultsPath())
        .param(run.calls())
        .param(run.rateLimited())
        .param(spec.origin())
        .param(run.stopped())
        .param(StoredWaits.write(run.waitedByCause()))
        .param(run.canary())
        .param(run.id())
        .update();
    putOptions(run.id(), spec.options());
  }

  private void putOptions(int run, Map<String, String> valueByName) {
    valueByName.forEach(
        (name, value) -> {
          jdbc.sql("DELETE FROM run_option WHERE run = ? AND name = ?").params(run, name).update();
          jdbc.sql("INSERT INTO run_option (run, name, option_value) VALUES (?, ?, ?)")
              .params(run, name, value)
              .update();
        });
  }

  public Optional<RunRecord> find(int id) {
    return jdbc.sql(SELECT + "WHERE id = ?")
        .param(id)
        .query(Runs::record)
        .optional()
        .map(this::withOptions);
  }

  public List<RunRecord> all() {
    return withOptions(jdbc.sql(SELECT + "ORDER BY id").query(Runs::record).list());
  }

  /** The results files of runs outside the state folder. */
  public List<Path> resultsElsewhere() {
    return jdbc
        .sql("SELECT DISTINCT results_path FROM run WHERE results_path IS NOT NULL")
        .query(String.class)
        .list()
        .stream()
        .map(Path::of)
        .toList();
  }

  /** The runs that retried or restored rows of a run. */
  public List<RunRecord> ofOrigin(int run) {
    return withOptions(
        jdbc.sql(SELECT + "WHERE origin = ? ORDER BY id").param(run).query(Runs::record).list());
  }

  /** Runs that cannot be resumed and ended before an instant. */
  public List<Integer> endedBefore(Instant instant) {
    return all().stream()
        .filter(run -> !run.status().isResumable())
        .filter(run -> run.endedAt() != null && run.endedAt().isBefore(instant))
        .map(RunRecord::id)
        .toList();
  }

  /** Deletes a run and the outcomes of its rows. */
  void delete(int run) {
    jdbc.sql("DELETE FROM journal_position WHERE run = ?").param(run).update();
    backend.deleteRows(
        jdbc,
        "outcome WHERE run_row > ? AND run_row < ?",
        Outcomes.LENGTH_OF_TEXTS,
        RunRow.of(run, 0),
        RunRow.of(run + 1, 0));
    backend.deleteRows(
        jdbc,
        "attention WHERE attention_row > ? AND attention_row < ?",
        "0",
        RunRow.of(run, 0),
        RunRow.of(run + 1, 0));
    backend.deleteRows(jdbc, "duplicate_row WHERE run = ?", "0", run);
    jdbc.sql("DELETE FROM run_workspace WHERE run = ?").param(run).update();
    jdbc.sql("DELETE FROM run WHERE id = ?").param(run).update();
  }

  /** Whether two runs have a target in common, in SQL: the run of a row of {@code run}, and one. */
  private static final String OF_SAME_TARGET =
      "EXISTS (SELECT 1 FROM run_workspace a JOIN run_workspace b ON a.target = b.target WHERE a.run"
          + " = id AND b.run = ?) ";

  private static final String OF_SAME_KEY =
      "EXISTS (SELECT 1 FROM run_workspace a JOIN run_workspace b ON a.target = b.target AND"
          + " a.key_hash = b.key_hash WHERE a.run = id AND b.run = ?) ";

  /**
   * The runs that began after a run and made calls with a key and target of the run. Plans do not
   * count.
   */
  public List<Integer> sentSince(RunRecord run) {
    return jdbc.sql(
            "SELECT id FROM run WHERE id > ? AND command <> ? AND calls > 0 AND "
                + OF_SAME_KEY
                + "ORDER BY id")
        .params(run.id(), RunSpec.PLAN, run.id())
        .query(Integer.class)
        .list();
  }

  /** Whether another run may have changed accounts of a workspace after an instant. */
  public boolean hasSentAfter(int run, RunSpec.Workspace workspace, Instant instant) {
    return jdbc.sql(
                "SELECT COUNT(*) FROM run JOIN run_workspace w ON w.run = id WHERE id <> ? AND"
                    + " w.target = ? AND w.key_hash = ? AND command <> ? AND run.calls > 0 AND"
                    + " (ended_at IS NULL OR ended_at >= ?)")
            .params(
                run, workspace.target(), workspace.keyHash(), RunSpec.PLAN, instant.toEpochMilli())
            .query(Long.class)
            .single()
        > 0;
  }

  /** The runs, but no plans, that were begun after another for one of its targets. */
  public List<Integer> laterOf(RunRecord run) {
    return jdbc.sql(
            "SELECT id FROM run WHERE id > ? AND command <> ? AND calls > 0 AND "
                + OF_SAME_TARGET
                + "ORDER BY id")
        .params(run.id(), RunSpec.PLAN, run.id())
        .query(Integer.class)
        .list();
  }

  /**
   * The runs, but no plans, with another value of an option than a run and the same value of a
   * second option, for one of its targets. The newest comes last.
   */
  public List<RunRecord> sharing(RunRecord run, String same, String different) {
    return withOptions(
        jdbc.sql(
                SELECT
                    + "WHERE "
                    + OF_SAME_TARGET
                    + "AND command <> ? AND status <> ? AND EXISTS (SELECT 1 FROM"
                    + " run_option WHERE run = id AND name = ? AND option_value = ?) AND EXISTS"
                    + " (SELECT 1 FROM run_option WHERE run = id AND name = ? AND option_value <> ?)"
                    + " ORDER BY id")
            .param(run.id())
            .param(RunSpec.PLAN)
            .param(RunStatus.REFUSED.name())
            .param(same)
            .param(run.spec().options().get(same))
            .param(different)
            .param(run.spec().options().get(different))
            .query(Runs::record)
            .list());
  }

  /** The numbers of runs that cannot be resumed. */
  Set<Integer> ended() {
    return numbers(status -> !status.isResumable());
  }

  /** The numbers of runs that are at work or were killed. */
  Set<Integer> running() {
    return numbers(status -> status == RunStatus.RUNNING);
  }

  /** The numbers of runs that can be resumed. */
  Set<Integer> resumable() {
    return numbers(RunStatus::isResumable);
  }

  private Set<Integer> numbers(Predicate<RunStatus> which) {
    return new HashSet<>(
        jdbc.sql("SELECT id FROM run WHERE status IN (:statuses)")
            .param("statuses", RunStatus.names(which))
            .query(Integer.class)
            .list());
  }

  /** The runs that can be resumed, the newest first. */
  public List<RunRecord> allResumable() {
    return withOptions(
        jdbc.sql(SELECT + "WHERE status IN (:statuses) ORDER BY id DESC")
            .param("statuses", RunStatus.names(RunStatus::isResumable))
            .query(Runs::record)
            .list());
  }

  /** The newest run (or plan, for a plan) with the same content, target and key. */
  public Optional<RunRecord> findNewestOfContent(RunSpec spec) {
    return jdbc.sql(
            SELECT
                + "WHERE fingerprint = ? AND target = ? AND key_hash = ? AND (command = ?) = ?"
                + " ORDER BY id DESC LIMIT 1")
        .params(spec.fingerprint(), spec.target(), spec.keyHash(), RunSpec.PLAN, spec.isPlan())
        .query(Runs::record)
        .optional()
        .map(this::withOptions);
  }

  /**
   * The newest run (or plan, for a plan) with the same input path and target, whatever the file
   * held.
   */
  public Optional<RunRecord> findNewestOfPath(RunSpec spec) {
    return jdbc.sql(
            SELECT
                + "WHERE input_path = ? AND target = ? AND (command = ?) = ? ORDER BY id DESC LIMIT 1")
        .param(spec.inputPath())
        .param(spec.target())
        .param(RunSpec.PLAN)
        .param(spec.isPlan())
        .query(Runs::record)
        .optional()
        .map(this::withOptions);
  }

  /** The number of rows in the input of a run; empty until they are counted. */
  public OptionalLong rows(int id) {
    Long rows =
        jdbc.sql("SELECT row_count FROM run WHERE id = ?")
            .param(id)
            .query(Long.class)
            .optional()
            .orElse(null);
    return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
  }

  /**
   * Records how many rows the input has.
   *
   * @param rowsByWorkspace in the order of the run's workspaces; empty if they were not counted
   */
  public void setRows(int id, long rows, List<Long> rowsByWorkspace) {
    journals.open(id).write(new RunEvent.RowsCounted(rows, rowsByWorkspace));
    for (int place = 0; place < rowsByWorkspace.size(); place++) {
      jdbc.sql("UPDATE run_workspace SET row_count = ? WHERE run = ? AND place = ?")
          .params(rowsByWorkspace.get(place), id, place)
          .update();
    }
    jdbc.sql("UPDATE run SET row_count = ? WHERE id = ?").params(rows, id).update();
  }

  /** Records how many calls all processes of the run have made so far. */
  public void setCalls(int id, long calls, long rateLimited) {
    // The journal already has every call.
    jdbc.sql("UPDATE run SET calls = ?, rate_limited = ? WHERE id = ?")
        .params(calls, rateLimited, id)
        .update();
  }

  /**
   * Records that the run is at work again, perhaps with other keys and another place for its
   * results.
   *
   * @param keyHashes of the keys, in the order of the run's workspaces
   * @param changed options that get another value from now on
   */
  public void reopen(
      int id,
      List<String> keyHashes,
      @Nullable String resultsPath,
      Map<String, String> changed,
      Instant now) {
    journals.open(id).write(new RunEvent.Reopened(keyHashes, resultsPath, changed, now));
    transactions.executeWithoutResult(status -> putOptions(id, changed));
    for (int place = 0; place < keyHashes.size(); place++) {
      jdbc.sql(
              "UPDATE run_workspace SET key_hash = ?, exit_code = NULL, stopped = NULL WHERE run = ?"
                  + " AND place = ?")
          .params(keyHashes.get(place), id, place)
          .update();
    }
    jdbc.sql(
            "UPDATE run SET status = ?, key_hash = ?, results_path = ?, ended_at = NULL,"
                + " stopped = NULL WHERE id = ?")
        .param(RunStatus.RUNNING.name())
        .param(find(id).orElseThrow().spec().keyHash())
        .param(resultsPath)
        .param(id)
        .update();
  }

  /** Records that the first rows of a workspace were read back and found right. */
  public void canaryPassed(int id, int place, int rows) {
    journals.open(id).write(new RunEvent.CanaryPassed(rows, place));
    jdbc.sql("UPDATE run_workspace SET canary = ? WHERE run = ? AND place = ?")
        .params(rows, id, place)
        .update();
    jdbc.sql(
            "UPDATE run SET canary = (SELECT SUM(canary) FROM run_workspace WHERE run = ?) WHERE id"
                + " = ?")
        .params(id, id)
        .update();
  }

  public void end(int id, RunStatus status, @Nullable Integer exitCode, Instant now) {
    RunRecord run = find(id).orElseThrow();
    end(id, new RunEnding(status, exitCode, null, run.waitedByCause()), now);
  }

  public void end(int id, RunEnding ending, Instant now) {
    RunRecord run = find(id).orElseThrow();
    journals.open(id).write(new RunEvent.Ended(ending, now, run.calls(), run.rateLimited()));
    jdbc.sql(
            "UPDATE run SET status = ?, exit_code = ?, ended_at = ?, stopped = ?, waited = ?"
                + " WHERE id = ?")
        .param(ending.status().name())
        .param(ending.exitCode())
        .param(now.toEpochMilli())
        .param(ending.stopped())
        .param(StoredWaits.write(ending.waitedByCause()))
        .param(id)
        .update();
  }

  /** Reads a run without its options and workspaces. */
  private static RunRecord record(ResultSet row, int index) throws SQLException {
    int id = row.getInt("id");
    long endedAt = row.getLong("ended_at");
    Instant ended = row.wasNull() ? null : Instant.ofEpochMilli(endedAt);
    return new RunRecord(
        id,
        new RunSpec(
            row.getString("command"),
            row.getString("input_name"),
            row.getString("input_path"),
            row.getString("fingerprint"),
            row.getString("target"),
            row.getString("key_hash"),
            Map.of(),
            row.getObject("origin", Integer.class)),
        RunStatus.valueOf(row.getString("status")),
        row.getObject("exit_code", Integer.class),
        Instant.ofEpochMilli(row.getLong("started_at")),
        ended,
        row.getObject("row_count", Long.class),
        row.getString("results_path"),
        row.getLong("calls"),
        row.getLong("rate_limited"),
        row.getString("stopped"),
        StoredWaits.read(row.getString("waited")),
        row.getInt("canary"));
  }

  private RunRecord withOptions(RunRecord run) {
    return withOptions(List.of(run)).get(0);
  }

  /** Adds the options and workspaces in two queries: a history can have thousands of runs. */
  private List<RunRecord> withOptions(List<RunRecord> runs) {
    if (runs.isEmpty()) {
      return runs;
    }
    Map<Integer, Map<String, String>> optionsByRun = new HashMap<>();
    int lowest = runs.stream().mapToInt(RunRecord::id).min().orElseThrow();
    int highest = runs.stream().mapToInt(RunRecord::id).max().orElseThrow();
    jdbc.sql("SELECT run, name, option_value FROM run_option WHERE run BETWEEN ? AND ?")
        .params(lowest, highest)
        .query(
            (RowCallbackHandler)
                row ->
                    optionsByRun
                        .computeIfAbsent(row.getInt("run"), run -> new HashMap<>())
                        .put(row.getString("name"), row.getString("option_value")));
    Map<Integer, List<RunSpec.Workspace>> workspacesByRun = workspaces(lowest, highest);
    return runs.stream()
        .map(
            run ->
                run.with(
                    workspacesByRun.getOrDefault(run.id(), run.spec().workspaces()),
                    optionsByRun.getOrDefault(run.id(), Map.of())))
        .toList();
  }

  private Map<Integer, List<RunSpec.Workspace>> workspaces(int lowest, int highest) {
    Map<Integer, List<RunSpec.Workspace>> workspacesByRun = new HashMap<>();
    jdbc.sql(
            "SELECT run, name, target, key_hash FROM run_workspace WHERE run BETWEEN ? AND ?"
                + " ORDER BY run, place")
        .params(lowest, highest)
        .query(
            (RowCallbackHandler)
                row ->
                    workspacesByRun
                        .computeIfAbsent(row.getInt("run"), run -> new ArrayList<>())
                        .add(
                            new RunSpec.Workspace(
                                row.getString("name"),
                                row.getString("target"),
                                row.getString("key_hash"))));
    return workspacesByRun;
  }
}
