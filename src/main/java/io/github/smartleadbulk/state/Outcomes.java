package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceAccount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outcomes of rows, up to date with the journals. Thread-safe. */
public final class Outcomes {

  private static final String COLUMNS =
      "SELECT run_row, line, account_id, status, changed_fields, http_status, attempts, message,"
          + " finished_at, workspace";

  private static final String COLUMNS_WITH_CHANGES = COLUMNS + ", before_values, after_values";

  static final String LENGTH_OF_CHANGES =
      "COALESCE(CHAR_LENGTH(before_values), 0) + COALESCE(CHAR_LENGTH(after_values), 0)";

  /** The length of all texts of a row. */
  static final String LENGTH_OF_TEXTS = "CHAR_LENGTH(message) + " + LENGTH_OF_CHANGES;

  private static final String OF_CHANGES =
      " FROM outcome WHERE after_values IS NOT NULL AND run_row > ? AND run_row < ?";

  private static final int CHANGES_AT_ONCE = 1_000;

  private static final String SELECT_CHANGES =
      "SELECT run_row, account_id, workspace, before_values, after_values";

  private static final String OF_ACCOUNTS =
      " FROM outcome WHERE account_id IN (:accounts) AND workspace = :workspace";

  private final JdbcClient jdbc;
  private final JournalIndex index;

  Outcomes(DataSource dataSource, JournalIndex index) {
    jdbc = JdbcClient.create(dataSource);
    this.index = index;
  }

  /** The next outcomes of a run after a row, in row order. */
  public List<RowOutcome> page(int run, long afterRow, int limit) {
    return page(run, afterRow, limit, Set.of(RowStatus.values()));
  }

  /** The next outcomes that have one of the statuses. */
  public List<RowOutcome> page(int run, long afterRow, int limit, Set<RowStatus> statuses) {
    index.catchUp(run);
    return jdbc.sql(COLUMNS + having(statuses) + "LIMIT ?")
        .params(RunRow.of(run, afterRow), RunRow.of(run + 1, 0), limit)
        .query(Outcomes::outcome)
        .list();
  }

  /** The rows of a query for outcomes that have one of the statuses, in row order. */
  private static String having(Set<RowStatus> statuses) {
    boolean all = statuses.size() == RowStatus.values().length;
    boolean few = statuses.stream().allMatch(RowStatus::needsAttention);
    String row = few ? "attention_row" : "run_row";
    return " FROM outcome "
        + (few ? "JOIN attention ON run_row = attention_row " : "")
        + ("WHERE " + row + " > ? AND " + row + " < ? ")
        + (all ? "" : among(statuses))
        + ("ORDER BY " + row + " ");
  }

  /**
   * The next outcomes of a run after a row that have one of the statuses, with their changes: as
   * many as fit in memory.
   *
   * @return empty if there are no more
   */
  public List<RunOutcome> pageWithChanges(int run, long afterRow, Set<RowStatus> statuses) {
    index.catchUp(run);
    Object[] range = {RunRow.of(run, afterRow), RunRow.of(run + 1, 0)};
    String rows = having(statuses);
    int next = Portions.next(jdbc, CHANGES_AT_ONCE, "SELECT " + LENGTH_OF_TEXTS + rows, range);
    return jdbc.sql(COLUMNS_WITH_CHANGES + rows + "FETCH FIRST " + next + " ROWS ONLY")
        .params(range)
        .query(Outcomes::runOutcome)
        .list();
  }

  private static String among(Set<RowStatus> statuses) {
    return statuses.stream()
        .map(RowStatus::name)
        .collect(Collectors.joining("', '", "AND status IN ('", "') "));
  }

  /**
   * The latest outcomes of some accounts' rows in all runs, oldest first.
   *
   * @param limit how many of them at most
   */
  public List<RunOutcome> ofAccounts(Collection<WorkspaceAccount> accounts, int limit) {
    index.catchUp();
    List<RunOutcome> found = new ArrayList<>();
    idsByWorkspace(accounts)
        .forEach(
            (workspace, ids) ->
                found.addAll(
                    jdbc.sql(
                            COLUMNS_WITH_CHANGES
                                + OF_ACCOUNTS
                                + " ORDER BY run_row DESC LIMIT :limit")
                        .param("accounts", ids)
                        .param("workspace", workspace)
                        .param("limit", limit)
                        .query(Outcomes::runOutcome)
                        .list()));
    found.sort(
        Comparator.comparingInt(RunOutcome::run).thenComparingLong(one -> one.outcome().row()));
    return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
  }

  /** The runs that have rows of some accounts. */
  public Set<Integer> runsOf(Collection<WorkspaceAccount> accounts) {
    index.catchUp();
    Set<Integer> runs = new TreeSet<>();
    idsByWorkspace(accounts)
        .forEach(
            (workspace, ids) ->
                jdbc.sql("SELECT run_row" + OF_ACCOUNTS)
                    .param("accounts", ids)
                    .param("workspace", workspace)
                    .query(
                        (RowCallbackHandler)
                            row -> runs.add(RunRow.runOf(row.getLong("run_row")))));
    return runs;
  }

  /** The accounts with an id that rows of any run are for. */
  public Set<WorkspaceAccount> accountsWith(long id) {
    index.catchUp();
    return new TreeSet<>(
        jdbc.sql("SELECT DISTINCT account_id, workspace FROM outcome WHERE account_id = ?")
            .param(id)
            .query((row, index) -> account(row))
            .list());
  }

  private static Map<String, List<Long>> idsByWorkspace(Collection<WorkspaceAccount> accounts) {
    return accounts.stream()
        .collect(
            Collectors.groupingBy(
                WorkspaceAccount::workspace,
                TreeMap::new,
                Collectors.mapping(WorkspaceAccount::id, Collectors.toList())));
  }

  /** The accounts of some rows of a run, without those of which the account is not known. */
  public Set<WorkspaceAccount> accountsOf(int run, Collection<Long> rows) {
    index.catchUp(run);
    return Set.copyOf(
        jdbc.sql(
                "SELECT DISTINCT account_id, workspace FROM outcome WHERE run_row IN (:rows) AND"
                    + " account_id IS NOT NULL")
            .param("rows", rows.stream().map(row -> RunRow.of(run, row)).toList())
            .query((row, index) -> account(row))
            .list());
  }

  private static WorkspaceAccount account(ResultSet row) throws SQLException {
    return new WorkspaceAccount(row.getString("workspace"), row.getLong("account_id"));
  }

  /** Takes what a run has set of an account, or may have set. */
  public interface SetFields {
    void accept(int run, WorkspaceAccount account, Collection<AccountField> fields);
  }

  /** What runs that were begun after another have set of some accounts, or may have set. */
  public void forEachSetLater(int run, Collection<WorkspaceAccount> accounts, SetFields action) {
    index.catchUp();
    idsByWorkspace(accounts)
        .forEach((workspace, ids) -> forEachSetLater(run, workspace, ids, action));
  }

  private void forEachSetLater(int run, String workspace, List<Long> ids, SetFields action) {
    jdbc.sql(
            "SELECT run_row, account_id, workspace, changed_fields, CASE WHEN changed_fields = ''"
                + " THEN after_values END AS may_be_set"
                + OF_ACCOUNTS
                + " AND run_row > :behind AND after_values IS NOT NULL")
        .param("accounts", ids)
        .param("workspace", workspace)
        .param("behind", RunRow.of(run + 1, 0))
        .query(
            (RowCallbackHandler)
                row -> {
                  String mayBeSet = row.getString("may_be_set");
                  action.accept(
                      RunRow.runOf(row.getLong("run_row")),
                      account(row),
                      mayBeSet == null
                          ? StoredSettings.fields(row.getString("changed_fields"))
                          : StoredSettings.read(mayBeSet).keySet());
                });
  }

  /**
   * An account whose rows failed in several runs.
   *
   * @param runs in how many runs a row of it was failed or uncertain
   * @param latest the latest such row
   */
  public record FailingAccount(WorkspaceAccount account, long runs, RunOutcome latest) {}

  /**
   * The accounts with failed or uncertain rows in at least two of some runs, those with the most
   * runs first. Reads only the rows that need attention, which are few.
   *
   * @param workspace whose accounts, in any letter case; null for all workspaces
   * @param limit how many accounts at most
   */
  public List<FailingAccount> failingAgain(
      Collection<Integer> runs, @Nullable String workspace, int limit) {
    index.catchUp();
    if (runs.isEmpty()) {
      return List.of();
    }
    // Constants, because H2 searches a long list of parameters one by one for each row.
    String numbers = runs.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return jdbc.sql(
            "SELECT failing.runs, o.* FROM (SELECT COUNT(DISTINCT attention_row / "
                + RunRow.of(1, 0)
                + ") AS runs, MAX(attention_row) AS latest FROM attention JOIN outcome ON run_row ="
                + " attention_row WHERE attention_row > :first AND attention_row < :behind AND"
                + " attention_row / "
                + RunRow.of(1, 0)
                + " IN ("
                + numbers
                + ") AND account_id IS NOT NULL AND (CAST(:workspace AS VARCHAR) IS NULL OR"
                + " LOWER(workspace) = LOWER(:workspace)) "
                + among(EnumSet.of(RowStatus.FAILED, RowStatus.UNCERTAIN))
                + "GROUP BY account_id, workspace HAVING COUNT(DISTINCT attention_row / "
                + RunRow.of(1, 0)
                + ") > 1 ORDER BY runs DESC, latest DESC LIMIT :limit) failing JOIN outcome o ON"
                + " o.run_row = failing.latest ORDER BY failing.runs DESC, failing.latest DESC")
        .param("first", RunRow.of(Collections.min(runs), 0))
        .param("behind", RunRow.of(Collections.max(runs) + 1, 0))
        .param("workspace", workspace)
        .param("limit", limit)
        .query(
            (row, index) ->
                new FailingAccount(
                    account(row),
                    row.getLong("runs"),
                    new RunOutcome(
                        RunRow.runOf(row.getLong("run_row")), outcome(row, index), null)))
        .list();
  }

  /**
   * An outcome and its run.
   *
   * @param changes what was sent, with the values before; null if nothing was sent
   */
  public record RunOutcome(int run, RowOutcome outcome, @Nullable Changes changes) {}

  /** A row and what it changed. */
  public record ChangedRow(long row, WorkspaceAccount account, Changes changes) {}

  /**
   * The next rows of a run, after a row, that changed something or may have: as many as fit in
   * memory.
   *
   * @return empty if there are no more
   */
  public List<ChangedRow> changes(int run, long afterRow) {
    index.catchUp(run);
    return changes(run, afterRow, "");
  }

  private List<ChangedRow> changes(int run, long afterRow, String condition) {
    Object[] range = {RunRow.of(run, afterRow), RunRow.of(run + 1, 0)};
    String rows = OF_CHANGES + condition + " ORDER BY run_row";
    int next = Portions.next(jdbc, CHANGES_AT_ONCE, "SELECT " + LENGTH_OF_CHANGES + rows, range);
    return jdbc.sql(SELECT_CHANGES + rows + " FETCH FIRST " + next + " ROWS ONLY")
        .params(range)
        .query(Outcomes::changedRow)
        .list();
  }

  /** What a run changed in an account. */
  public Optional<Changes> changesOf(int run, WorkspaceAccount account) {
    index.catchUp(run);
    return jdbc.sql(
            SELECT_CHANGES
                + OF_CHANGES
                + " AND account_id = ? AND workspace = ? ORDER BY run_row LIMIT 1")
        .params(RunRow.of(run, 0), RunRow.of(run + 1, 0), account.id(), account.workspace())
        .query(Outcomes::changedRow)
        .optional()
        .map(ChangedRow::changes);
  }

  /** The fields that a run changed, or may have changed, in any account. */
  public Set<AccountField> changedFields(int run) {
    index.catchUp(run);
    Set<AccountField> fields = EnumSet.noneOf(AccountField.class);
    jdbc.sql("SELECT DISTINCT changed_fields" + OF_CHANGES)
        .params(RunRow.of(run, 0), RunRow.of(run + 1, 0))
        .query(String.class)
        .list()
        .forEach(names -> fields.addAll(StoredSettings.fields(names)));
    // The outcomes of failed rows do not name fields, so their changes are read.
    List<ChangedRow> failed = changes(run, 0, " AND changed_fields = ''");
    while (!failed.isEmpty()) {
      failed.forEach(row -> fields.addAll(row.changes().after().keySet()));
      failed = changes(run, failed.get(failed.size() - 1).row(), " AND changed_fields = ''");
    }
    return fields;
  }

  /** The workspaces of the accounts that a run changed, or may have changed. */
  public Set<String> changedWorkspaces(int run) {
    index.catchUp(run);
    return Set.copyOf(
        jdbc.sql("SELECT DISTINCT workspace" + OF_CHANGES)
            .params(RunRow.of(run, 0), RunRow.of(run + 1, 0))
            .query(String.class)
            .list());
  }

  private static RunOutcome runOutcome(ResultSet row, int index) throws SQLException {
    return new RunOutcome(
        RunRow.runOf(row.getLong("run_row")),
        outcome(row, index),
        row.getString("after_values") == null ? null : storedChanges(row));
  }

  private static ChangedRow changedRow(ResultSet row, int index) throws SQLException {
    return new ChangedRow(RunRow.rowOf(row.getLong("run_row")), account(row), storedChanges(row));
  }

  private static Changes storedChanges(ResultSet row) throws SQLException {
    return new Changes(
        StoredSettings.read(row.getString("before_values")),
        StoredSettings.read(row.getString("after_values")));
  }

  private static RowOutcome outcome(ResultSet row, int index) throws SQLException {
    String changedFields = row.getString("changed_fields");
    Long finishedAt = row.getObject("finished_at", Long.class);
    return new RowOutcome(
        RunRow.rowOf(row.getLong("run_row")),
        row.getLong("line"),
        row.getObject("account_id", Long.class),
        RowStatus.valueOf(row.getString("status")),
        changedFields.isEmpty() ? List.of() : Arrays.asList(changedFields.split(";")),
        row.getObject("http_status", Integer.class),
        row.getInt("attempts"),
        row.getString("message"),
        finishedAt == null ? null : Instant.ofEpochMilli(finishedAt),
        row.getString("workspace"));
  }
}
