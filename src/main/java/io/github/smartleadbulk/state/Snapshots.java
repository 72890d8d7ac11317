package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.WorkspaceAccount;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts as runs read them before they sent anything. A run has one list for each of its
 * workspaces. If the run reads a list again later, the first values are kept beside the latest
 * ones. Thread-safe.
 */
public final class Snapshots {

  private static final String MERGE =
      "MERGE INTO snapshot_account a USING (SELECT CAST(? AS BIGINT) AS list, CAST(? AS BIGINT) AS id,"
          + " CAST(? AS VARCHAR) AS from_email, CAST(? AS VARCHAR) AS address, CAST(? AS VARCHAR)"
          + " AS settings, pass FROM account_list WHERE list = ?) p ON a.list = p.list AND a.account_id ="
          + " p.id WHEN MATCHED THEN UPDATE SET first_settings = CASE WHEN a.pass < p.pass THEN"
          + " COALESCE(a.first_settings, a.settings) ELSE a.first_settings END, settings ="
          + " p.settings, pass = p.pass, from_email = p.from_email, address = p.address WHEN NOT"
          + " MATCHED THEN INSERT (list, account_id, from_email, address, pass, settings,"
          + " first_settings) VALUES (p.list, p.id, p.from_email, p.address, p.pass, p.settings,"
          // The first values are unknown.
          + " CASE WHEN p.pass > 1 THEN '{}' END)";

  private static final int WORKSPACE_SHIFT = 32;

  /** The number of the list of a workspace, see {@link #listOf}, in SQL. */
  private static final String LIST_OF_WORKSPACE = "CAST(w.place AS BIGINT) * 4294967296 + w.run";

  private final StateBackend backend;
  private final RunJournals journals;
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final TransactionTemplate transactions;

  Snapshots(StateBackend backend) {
    DataSource dataSource = backend.dataSource();
    this.backend = backend;
    this.journals = backend.journals();
    this.jdbc = JdbcClient.create(dataSource);
    this.batches = new JdbcTemplate(dataSource);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /**
   * The number of the account list of a workspace in a run. The list of the first workspace has the
   * number of the run.
   *
   * @param workspace the place of the workspace among those of the run
   */
  public static long listOf(int run, int workspace) {
    return ((long) workspace << WORKSPACE_SHIFT) | run;
  }

  private static int runOf(long list) {
    return (int) list;
  }

  private static int workspaceOf(long list) {
    return (int) (list >>> WORKSPACE_SHIFT);
  }

  public Optional<Snapshot> find(long list) {
    return jdbc.sql(
            "SELECT next_offset, complete, sufficient, read_at, fault FROM account_list WHERE list = ?")
        .param(list)
        .query(
            (row, index) ->
                new Snapshot(
                    row.getLong("next_offset"),
                    row.getBoolean("complete"),
                    row.getBoolean("sufficient"),
                    Instant.ofEpochMilli(row.getLong("read_at")),
                    row.getString("fault")))
        .optional();
  }

  /** Whether a run has a list of one of its workspaces. */
  public boolean hasLists(int run) {
    return listsOf(run).stream().anyMatch(list -> find(list).isPresent());
  }

  /** Begins an empty list. */
  public void begin(long list, Instant now) {
    journals.addToList(runOf(list), new RunEvent.ListBegun(now, workspaceOf(list)));
    insert(list, now);
  }

  private void insert(long list, Instant now) {
    jdbc.sql(
            "INSERT INTO account_list (list, pass, next_offset, complete, read_at, reusable)"
                + " VALUES (?, 1, 0, FALSE, ?, TRUE)")
        .params(list, now.toEpochMilli())
        .update();
  }

  /**
   * Records that a run continues without reading the accounts, so their present values are unknown.
   */
  public void skip(long list) {
    jdbc.sql(
            "MERGE INTO account_list s USING (VALUES (CAST(? AS BIGINT))) n(list) ON s.list = n.list WHEN MATCHED THEN"
                + " UPDATE SET pass = s.pass + 1, complete = FALSE, sufficient = FALSE, fault = NULL, read_at = 0 WHEN"
                + " NOT MATCHED THEN INSERT (list, pass, next_offset, complete, read_at, reusable)"
                + " VALUES (n.list, 1, 0, FALSE, 0, FALSE)")
        .param(list)
        .update();
  }

  /** Starts to read the list again. The first values are kept. */
  public void beginAgain(long list, Instant now) {
    journals.addToList(runOf(list), new RunEvent.ListBegun(now, workspaceOf(list)));
    nextPass(list, now);
  }

  private void nextPass(long list, Instant now) {
    jdbc.sql(
            "UPDATE account_list SET pass = pass + 1, next_offset = 0, complete = FALSE, sufficient ="
                + " FALSE, fault = NULL, read_at = ? WHERE list = ?")
        .params(now.toEpochMilli(), list)
        .update();
  }

  /** The newest list of a plan with the key and target of a workspace, if it can still be used. */
  public Optional<Long> findReusable(RunSpec.Workspace workspace, Instant notBefore) {
    return jdbc.sql(
            "SELECT s.list FROM run_workspace w JOIN account_list s ON s.list = "
                + LIST_OF_WORKSPACE
                + " JOIN run r ON r.id = w.run WHERE s.reusable AND"
                + " r.command = ? AND s.read_at >= ? AND r.status = ? AND w.target = ? AND w.key_hash = ? ORDER BY"
                + " w.run DESC LIMIT 1")
        .params(
            RunSpec.PLAN,
            notBefore.toEpochMilli(),
            RunStatus.FINISHED.name(),
            workspace.target(),
            workspace.keyHash())
        .query(Long.class)
        .optional();
  }

  /** Call before anything is sent: no list of the same key and target can be used any longer. */
  public void forbidReuse(RunSpec.Workspace workspace) {
    jdbc.sql(
            "UPDATE account_list SET reusable = FALSE WHERE reusable AND list IN (SELECT "
                + LIST_OF_WORKSPACE
                + " FROM run_workspace w WHERE w.target = ? AND w.key_hash = ?)")
        .params(workspace.target(), workspace.keyHash())
        .update();
  }

  /** Copies the snapshot of another run. */
  public void copy(long from, long to) {
    transactions.executeWithoutResult(status -> insertCopy(from, to));
  }

  private void insertCopy(long from, long to) {
    jdbc.sql(
            "INSERT INTO account_list (list, pass, next_offset, complete, read_at, reusable, fault) SELECT"
                + " CAST(? AS BIGINT), 1, next_offset, complete, read_at, TRUE, fault FROM account_list WHERE list"
                + " = ?")
        .params(to, from)
        .update();
    jdbc.sql(
            "INSERT INTO snapshot_account SELECT CAST(? AS BIGINT), a.account_id, a.from_email,"
                + " a.address, 1, a.settings, NULL FROM snapshot_account a JOIN account_list s ON"
                + " s.list = a.list AND s.pass = a.pass WHERE a.list = ?")
        .params(to, from)
        .update();
  }

  /**
   * Adds a page of the list and moves on to the next page, in one transaction. An account that the
   * snapshot already has takes the values of the page.
   *
   * @param rows by how many list positions to move on; negative for a step back
   * @param complete whether this was the last page
   * @param fault why the list is not whole, if this was the last page; null if it is whole
   */
  public void add(
      long list,
      List<Account> accounts,
      int rows,
      boolean complete,
      @Nullable String fault,
      Instant now) {
    RunEvent.PageRead page =
        new RunEvent.PageRead(accounts, rows, complete, fault, now, workspaceOf(list));
    journals.addToList(runOf(list), page);
    add(list, page);
  }

  /** Repeats an event of a killed process. */
  void apply(int run, RunEvent event) {
    if (event instanceof RunEvent.PageRead page) {
      add(listOf(run, page.workspace()), page);
    } else if (event instanceof RunEvent.ListBegun begun) {
      long list = listOf(run, begun.workspace());
      if (find(list).isEmpty()) {
        insert(list, begun.at());
      } else {
        nextPass(list, begun.at());
      }
    }
  }

  private void add(long list, RunEvent.PageRead page) {
    transactions.executeWithoutResult(status -> merge(list, page));
  }

  private void merge(long list, RunEvent.PageRead page) {
    batches.batchUpdate(
        MERGE,
        page.accounts(),
        Math.max(1, page.accounts().size()),
        (statement, account) -> {
          String fromEmail = account.fromEmail() == null ? null : text(account.fromEmail());
          statement.setLong(1, list);
          statement.setLong(2, account.id());
          statement.setString(3, fromEmail);
          statement.setString(4, fromEmail == null ? null : address(fromEmail));
          statement.setString(5, StoredSettings.write(account.valuesByField()));
          statement.setLong(6, list);
        });
    jdbc.sql(
            "UPDATE account_list SET next_offset = next_offset + ?, complete = ?, fault = ?, read_at = ?,"
                + " has_addresses = FALSE, sufficient = FALSE WHERE list = ?")
        .param(page.rows())
        .param(page.complete())
        .param(page.fault())
        .param(page.at().toEpochMilli())
        .param(list)
        .update();
  }

  /** Makes it possible to look up the accounts added so far by address. */
  public void indexAddresses(long list) {
    boolean isDone =
        jdbc.sql("SELECT has_addresses FROM account_list WHERE list = ?")
            .param(list)
            .query(Boolean.class)
            .single();
    if (!isDone) {
      transactions.executeWithoutResult(status -> insertAddresses(list));
    }
  }

  private void insertAddresses(long list) {
    jdbc.sql("DELETE FROM list_address WHERE list = ?").param(list).update();
    jdbc.sql(
            "INSERT INTO list_address SELECT list, address, account_id FROM snapshot_account WHERE"
                + " list = ? AND address IS NOT NULL ORDER BY address, account_id")
        .param(list)
        .update();
    jdbc.sql("UPDATE account_list SET has_addresses = TRUE WHERE list = ?").param(list).update();
  }

  /** Records that the snapshot holds every account that the run needs. */
  public void setSufficient(long list) {
    jdbc.sql("UPDATE account_list SET sufficient = TRUE WHERE list = ?").param(list).update();
  }

  /** How many of these accounts the current pass has not seen yet. */
  public int countUnseen(long list, List<Account> accounts) {
    Long[] ids = accounts.stream().map(Account::id).distinct().toArray(Long[]::new);
    int seen =
        jdbc.sql(
                // With IN instead of a table, H2 reads all accounts of the run.
                "SELECT COUNT(*) FROM UNNEST(CAST(? AS BIGINT ARRAY)) page(id) JOIN snapshot_account"
                    + " a ON a.list = ? AND a.account_id = page.id JOIN account_list s ON s.list = a.list"
                    + " AND s.pass = a.pass")
            .params(ids, list)
            .query(Integer.class)
            .single();
    return ids.length - seen;
  }

  /** The accounts that had an address, ignoring case, in any list that is on record. */
  public Set<WorkspaceAccount> accountsWith(String fromEmail) {
    return new TreeSet<>(
        jdbc.sql(
                "SELECT DISTINCT w.name, a.account_id FROM snapshot_account a JOIN run_workspace w ON"
                    + " w.run = MOD(a.list, 4294967296) AND w.place = a.list / 4294967296 WHERE"
                    + " a.address = ?")
            .param(address(fromEmail))
            .query(
                (row, index) ->
                    new WorkspaceAccount(row.getString("name"), row.getLong("account_id")))
            .list());
  }

  /** PostgreSQL has no NUL in texts, and the server can send anything. */
  private static String text(String sent) {
    return sent.replace('\0', '\uFFFD');
  }

  static String address(String fromEmail) {
    return fromEmail.strip().toLowerCase(Locale.ROOT);
  }

  /** Passes on the ids that the current pass has seen. */
  public void forEachId(long list, LongConsumer action) {
    jdbc.sql(
            "SELECT a.account_id FROM snapshot_account a JOIN account_list s ON s.list = a.list AND s.pass"
                + " = a.pass WHERE a.list = ?")
        .param(list)
        .query((RowCallbackHandler) row -> action.accept(row.getLong(1)));
  }

  /** How many accounts the current pass has seen. */
  public long count(long list) {
    return jdbc.sql(
            "SELECT COUNT(*) FROM snapshot_account a JOIN account_list s ON s.list = a.list AND s.pass ="
                + " a.pass WHERE a.list = ?")
        .param(list)
        .query(Long.class)
        .single();
  }

  /**
   * The sum of a whole number over all accounts in the lists of a run.
   *
   * @return empty if the run has not the whole list of each workspace, or no account has the number
   */
  public OptionalLong total(int run, AccountField field) {
    List<Long> lists = listsOf(run);
    if (lists.isEmpty()
        || !lists.stream().allMatch(list -> find(list).filter(Snapshot::complete).isPresent())) {
      return OptionalLong.empty();
    }
    Long total =
        jdbc.sql(
                // A quote inside of a text is escaped, so only the field itself matches.
                "SELECT SUM(CAST(REGEXP_SUBSTR(settings, ?, 1, 1, '', 1) AS BIGINT)) FROM"
                    + " run_workspace w JOIN snapshot_account a ON a.list = "
                    + LIST_OF_WORKSPACE
                    + " WHERE w.run = ?")
            .params("\"" + field.apiName() + "\":(\\d+)", run)
            .query(Long.class)
            .optional()
            .orElse(null);
    return total == null ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /** The lists that a run has or will have: one for each workspace. */
  private List<Long> listsOf(int run) {
    return jdbc.sql("SELECT " + LIST_OF_WORKSPACE + " FROM run_workspace w WHERE run = ?")
        .param(run)
        .query(Long.class)
        .list();
  }

  /** Opens the lists to look up accounts one by one. Close them when you are done. */
  public SeenAccounts open() {
    return SeenAccounts.open(backend.dataSource());
  }

  /** Deletes the lists of a run. The journal still has what the run changed. */
  public void deleteAll(int run) {
    listsOf(run).forEach(this::delete);
  }

  private void delete(long list) {
    backend.deleteRows(jdbc, "list_address WHERE list = ?", "CHAR_LENGTH(address)", list);
    backend.deleteRows(
        jdbc,
        "snapshot_account WHERE list = ?",
        "CHAR_LENGTH(settings) + COALESCE(CHAR_LENGTH(first_settings), 0)",
        list);
    jdbc.sql("DELETE FROM account_list WHERE list = ?").param(list).update();
  }

  /**
   * Deletes the snapshots of all runs that cannot be resumed, including those that an earlier
   * process could not delete. Plans keep theirs, because {@code update --plan} compares with them;
   * it applies no dry runs of other commands.
   */
  public void deleteUnneeded() {
    jdbc.sql(
            "SELECT s.list FROM account_list s JOIN run_workspace w ON s.list = "
                + LIST_OF_WORKSPACE
                + " JOIN run r ON r.id = w.run WHERE (r.command <> :plan OR"
                + " EXISTS (SELECT 1 FROM run_option o WHERE o.run = r.id AND o.name = :planOf AND"
                + " o.option_value <> 'update')) AND r.status NOT IN (:resumable)")
        .param("plan", RunSpec.PLAN)
        .param("planOf", RunSpec.PLAN_OF)
        .param("resumable", RunStatus.names(RunStatus::isResumable))
        .query(Long.class)
        .list()
        .forEach(this::delete);
  }
}
