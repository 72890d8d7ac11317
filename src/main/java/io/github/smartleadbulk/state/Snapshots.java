package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
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
 * The accounts as runs read them before they sent anything. A run has one snapshot. If the run
 * reads the list again later, the first values are kept beside the latest ones. Thread-safe.
 */
public final class Snapshots {

  private static final String MERGE =
      "MERGE INTO snapshot_account a USING (SELECT CAST(? AS INT) AS run, CAST(? AS BIGINT) AS id,"
          + " CAST(? AS VARCHAR) AS from_email, CAST(? AS VARCHAR) AS address, CAST(? AS VARCHAR)"
          + " AS settings, pass FROM snapshot WHERE run = ?) p ON a.run = p.run AND a.account_id ="
          + " p.id WHEN MATCHED THEN UPDATE SET first_settings = CASE WHEN a.pass < p.pass THEN"
          + " COALESCE(a.first_settings, a.settings) ELSE a.first_settings END, settings ="
          + " p.settings, pass = p.pass, from_email = p.from_email, address = p.address WHEN NOT"
          + " MATCHED THEN INSERT (run, account_id, from_email, address, pass, settings,"
          + " first_settings) VALUES (p.run, p.id, p.from_email, p.address, p.pass, p.settings,"
          // The first values are unknown.
          + " CASE WHEN p.pass > 1 THEN '{}' END)";

  private final DataSource dataSource;
  private final RunJournals journals;
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final TransactionTemplate transactions;

  Snapshots(DataSource dataSource, RunJournals journals) {
    this.dataSource = dataSource;
    this.journals = journals;
    this.jdbc = JdbcClient.create(dataSource);
    this.batches = new JdbcTemplate(dataSource);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  public Optional<Snapshot> find(int run) {
    return jdbc.sql(
            "SELECT next_offset, complete, sufficient, read_at, fault FROM snapshot WHERE run = ?")
        .param(run)
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

  /** Begins an empty snapshot for a run. */
  public void begin(int run, Instant now) {
    journals.addToList(run, new RunEvent.ListBegun(now));
    insert(run, now);
  }

  private void insert(int run, Instant now) {
    jdbc.sql(
            "INSERT INTO snapshot (run, pass, next_offset, complete, read_at, reusable)"
                + " VALUES (?, 1, 0, FALSE, ?, TRUE)")
        .params(run, now.toEpochMilli())
        .update();
  }

  /**
   * Records that a run continues without reading the accounts, so their present values are unknown.
   */
  public void skip(int run) {
    jdbc.sql(
            "MERGE INTO snapshot s USING (VALUES (?)) n(run) ON s.run = n.run WHEN MATCHED THEN"
                + " UPDATE SET pass = pass + 1, complete = FALSE, sufficient = FALSE, fault = NULL, read_at = 0 WHEN"
                + " NOT MATCHED THEN INSERT (run, pass, next_offset, complete, read_at, reusable)"
                + " VALUES (n.run, 1, 0, FALSE, 0, FALSE)")
        .param(run)
        .update();
  }

  /** Starts to read the list again. The first values are kept. */
  public void beginAgain(int run, Instant now) {
    journals.addToList(run, new RunEvent.ListBegun(now));
    nextPass(run, now);
  }

  private void nextPass(int run, Instant now) {
    jdbc.sql(
            "UPDATE snapshot SET pass = pass + 1, next_offset = 0, complete = FALSE, sufficient ="
                + " FALSE, fault = NULL, read_at = ? WHERE run = ?")
        .params(now.toEpochMilli(), run)
        .update();
  }

  /** The newest snapshot of a plan with the key and target of a run, if it can still be used. */
  public Optional<Integer> findReusable(RunSpec spec, Instant notBefore) {
    return jdbc.sql(
            "SELECT s.run FROM snapshot s JOIN run r ON r.id = s.run WHERE s.reusable AND"
                + " r.command = ? AND s.read_at >= ? AND r.status = ? AND r.target = ? AND r.key_hash = ? ORDER BY"
                + " s.run DESC LIMIT 1")
        .params(
            RunSpec.PLAN,
            notBefore.toEpochMilli(),
            RunStatus.FINISHED.name(),
            spec.target(),
            spec.keyHash())
        .query(Integer.class)
        .optional();
  }

  /**
   * Call before anything is sent: no snapshot of the same key and target can be used any longer.
   */
  public void forbidReuse(RunSpec spec) {
    jdbc.sql(
            "UPDATE snapshot SET reusable = FALSE WHERE run IN (SELECT id FROM run WHERE target = ?"
                + " AND key_hash = ?)")
        .params(spec.target(), spec.keyHash())
        .update();
  }

  /** Copies the snapshot of another run. */
  public void copy(int from, int to) {
    transactions.executeWithoutResult(status -> insertCopy(from, to));
  }

  private void insertCopy(int from, int to) {
    jdbc.sql(
            "INSERT INTO snapshot (run, pass, next_offset, complete, read_at, reusable, fault) SELECT"
                + " CAST(? AS INT), 1, next_offset, complete, read_at, TRUE, fault FROM snapshot WHERE run"
                + " = ?")
        .params(to, from)
        .update();
    jdbc.sql(
            "INSERT INTO snapshot_account SELECT CAST(? AS INT), a.account_id, a.from_email,"
                + " a.address, 1, a.settings, NULL FROM snapshot_account a JOIN snapshot s ON"
                + " s.run = a.run AND s.pass = a.pass WHERE a.run = ?")
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
      int run,
      List<Account> accounts,
      int rows,
      boolean complete,
      @Nullable String fault,
      Instant now) {
    RunEvent.PageRead page = new RunEvent.PageRead(accounts, rows, complete, fault, now);
    journals.addToList(run, page);
    add(run, page);
  }

  /** Repeats an event of a killed process. */
  void apply(int run, RunEvent event) {
    if (event instanceof RunEvent.PageRead page) {
      add(run, page);
    } else if (event instanceof RunEvent.ListBegun begun) {
      if (find(run).isEmpty()) {
        insert(run, begun.at());
      } else {
        nextPass(run, begun.at());
      }
    }
  }

  private void add(int run, RunEvent.PageRead page) {
    transactions.executeWithoutResult(status -> merge(run, page));
  }

  private void merge(int run, RunEvent.PageRead page) {
    batches.batchUpdate(
        MERGE,
        page.accounts(),
        Math.max(1, page.accounts().size()),
        (statement, account) -> {
          String address = account.fromEmail() == null ? null : address(account.fromEmail());
          statement.setInt(1, run);
          statement.setLong(2, account.id());
          statement.setString(3, account.fromEmail());
          statement.setString(4, address);
          statement.setString(5, StoredSettings.write(account.valuesByField()));
          statement.setInt(6, run);
        });
    jdbc.sql(
            "UPDATE snapshot SET next_offset = next_offset + ?, complete = ?, fault = ?, read_at = ?,"
                + " has_addresses = FALSE, sufficient = FALSE WHERE run = ?")
        .param(page.rows())
        .param(page.complete())
        .param(page.fault())
        .param(page.at().toEpochMilli())
        .param(run)
        .update();
  }

  /** Makes it possible to look up the accounts added so far by address. */
  public void indexAddresses(int run) {
    boolean isDone =
        jdbc.sql("SELECT has_addresses FROM snapshot WHERE run = ?")
            .param(run)
            .query(Boolean.class)
            .single();
    if (!isDone) {
      transactions.executeWithoutResult(status -> insertAddresses(run));
    }
  }

  private void insertAddresses(int run) {
    jdbc.sql("DELETE FROM account_address WHERE run = ?").param(run).update();
    jdbc.sql(
            "INSERT INTO account_address SELECT run, address, account_id FROM snapshot_account WHERE"
                + " run = ? AND address IS NOT NULL ORDER BY address, account_id")
        .param(run)
        .update();
    jdbc.sql("UPDATE snapshot SET has_addresses = TRUE WHERE run = ?").param(run).update();
  }

  /** Records that the snapshot holds every account that the run needs. */
  public void setSufficient(int run) {
    jdbc.sql("UPDATE snapshot SET sufficient = TRUE WHERE run = ?").param(run).update();
  }

  /** How many of these accounts the current pass has not seen yet. */
  public int countUnseen(int run, List<Account> accounts) {
    Long[] ids = accounts.stream().map(Account::id).distinct().toArray(Long[]::new);
    int seen =
        jdbc.sql(
                // With IN instead of a table, H2 reads all accounts of the run.
                "SELECT COUNT(*) FROM UNNEST(CAST(? AS BIGINT ARRAY)) page(id) JOIN snapshot_account"
                    + " a ON a.run = ? AND a.account_id = page.id JOIN snapshot s ON s.run = a.run"
                    + " AND s.pass = a.pass")
            .params(ids, run)
            .query(Integer.class)
            .single();
    return ids.length - seen;
  }

  /** The accounts that had an address, ignoring case, in any list that is on record. */
  public Set<Long> accountsWith(String fromEmail) {
    return new TreeSet<>(
        jdbc.sql("SELECT DISTINCT account_id FROM snapshot_account WHERE address = ?")
            .param(address(fromEmail))
            .query(Long.class)
            .list());
  }

  static String address(String fromEmail) {
    return fromEmail.strip().toLowerCase(Locale.ROOT);
  }

  /** Passes on the ids that the current pass has seen. */
  public void forEachId(int run, LongConsumer action) {
    jdbc.sql(
            "SELECT a.account_id FROM snapshot_account a JOIN snapshot s ON s.run = a.run AND s.pass"
                + " = a.pass WHERE a.run = ?")
        .param(run)
        .query((RowCallbackHandler) row -> action.accept(row.getLong(1)));
  }

  /** How many accounts the current pass has seen. */
  public long count(int run) {
    return jdbc.sql(
            "SELECT COUNT(*) FROM snapshot_account a JOIN snapshot s ON s.run = a.run AND s.pass ="
                + " a.pass WHERE a.run = ?")
        .param(run)
        .query(Long.class)
        .single();
  }

  /**
   * The sum of a whole number over all accounts of the list.
   *
   * @return empty if the snapshot has not the whole list, or no account has the number
   */
  public OptionalLong total(int run, AccountField field) {
    if (find(run).filter(Snapshot::complete).isEmpty()) {
      return OptionalLong.empty();
    }
    Long total =
        jdbc.sql(
                // A quote inside of a text is escaped, so only the field itself matches.
                "SELECT SUM(CAST(REGEXP_SUBSTR(settings, ?, 1, 1, '', 1) AS BIGINT)) FROM"
                    + " snapshot_account WHERE run = ?")
            .params("\"" + field.apiName() + "\":(\\d+)", run)
            .query(Long.class)
            .optional()
            .orElse(null);
    return total == null ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /** Opens the snapshot to look up accounts one by one. Close it when you are done. */
  public SeenAccounts open(int run) {
    return SeenAccounts.open(dataSource, run);
  }

  /** Deletes the snapshot of a run. The journal still has what the run changed. */
  public void delete(int run) {
    Portions.delete(jdbc, "account_address WHERE run = ?", "CHAR_LENGTH(address)", run);
    Portions.delete(
        jdbc,
        "snapshot_account WHERE run = ?",
        "CHAR_LENGTH(settings) + COALESCE(CHAR_LENGTH(first_settings), 0)",
        run);
    jdbc.sql("DELETE FROM snapshot WHERE run = ?").param(run).update();
  }

  /**
   * Deletes the snapshots of all runs that cannot be resumed, including those that an earlier
   * process could not delete. Plans keep theirs, because {@code update --plan} compares with them;
   * it applies no dry runs of other commands.
   */
  public void deleteUnneeded() {
    jdbc.sql(
            "SELECT s.run FROM snapshot s JOIN run r ON r.id = s.run WHERE (r.command <> :plan OR"
                + " EXISTS (SELECT 1 FROM run_option o WHERE o.run = r.id AND o.name = :planOf AND"
                + " o.option_value <> 'update')) AND r.status NOT IN (:resumable)")
        .param("plan", RunSpec.PLAN)
        .param("planOf", RunSpec.PLAN_OF)
        .param("resumable", RunStatus.names(RunStatus::isResumable))
        .query(Integer.class)
        .list()
        .forEach(this::delete);
  }
}
