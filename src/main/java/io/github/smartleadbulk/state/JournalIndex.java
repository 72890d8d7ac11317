package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.HeapShare;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.journal.DamagedJournalException;
import io.github.smartleadbulk.journal.JournalReader;
import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.state.StateException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the database up to date with the journals. It takes over the list of runs when the folder
 * is opened. It takes over the outcomes of their rows on demand, because a million rows take
 * seconds. Thread-safe.
 */
final class JournalIndex {

  /** Rows per transaction. A transaction also has a limit in bytes of the journal. */
  private static final int ROWS_AT_ONCE = 5_000;

  /**
   * How many bytes a process takes over from its own runs when it ends. This takes milliseconds.
   */
  private static final long SMALL = 1L << 20;

  /** The only files that a run can leave if it failed before it was on record. */
  private static final Set<String> OF_A_RUN_NOT_BEGUN = Set.of("input.csv", "journal.new");

  private static final Pattern FINISHED = Pattern.compile("\"status\" : \"finished\"");

  private final DataSource dataSource;
  private final RunJournals journals;
  private final Runs runs;
  private final JdbcClient jdbc;
  private final Map<Integer, JournalledRun> unfinished = new HashMap<>();
  private final List<String> notices = new ArrayList<>();

  JournalIndex(DataSource dataSource, RunJournals journals, Runs runs) {
    this.dataSource = dataSource;
    this.journals = journals;
    this.runs = runs;
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * Takes over the runs, their totals and their calls.
   *
   * @param toWork whether this process may change the folder and needs the account lists of the
   *     runs
   * @return notices for the user
   */
  List<String> takeOver(boolean toWork) throws IOException {
    if (toWork) {
      journals.deleteLeftOvers();
    }
    Set<Integer> numbers = journals.numbers();
    Set<Integer> ended = runs.ended();
    for (int run : numbers) {
      // A run that has ended no longer changes.
      if (!ended.contains(run)) {
        takeOver(run, toWork);
      }
      if (toWork && Files.exists(journals.accountList(run))) {
        takeOverList(run);
      }
    }
    for (int run : runs.resumable()) {
      if (!numbers.contains(run)) {
        damaged(
            run,
            runs.find(run).orElse(null),
            "its folder " + journals.runFolder(run) + " is missing");
      }
    }
    takeOverCalls();
    return notices;
  }

  private void takeOver(int run, boolean toWork) throws IOException {
    RunRecord known = runs.find(run).orElse(null);
    long length = journals.length(run).orElse(-1L);
    if (length < 0) {
      withoutJournal(run, known, toWork);
    } else {
      long position = position(run, "outcomes");
      if (length < position) {
        damaged(run, known, journals.journal(run) + " was replaced by an older copy");
      } else if (known == null || length > position) {
        takeOver(run, known, journals.read(run, position(run, "calls")));
      }
    }
  }

  private void withoutJournal(int run, @Nullable RunRecord known, boolean toWork)
      throws IOException {
    if (known != null && known.status().isResumable()) {
      damaged(run, known, "the journal of run " + run + " is missing");
    } else if (known == null && !(toWork && deleteIfNotBegun(run))) {
      notices.add(
          "%s holds the files of a run that is not on record because its journal is missing. If you do not need the files, delete the folder."
              .formatted(journals.runFolder(run)));
    }
  }

  private boolean deleteIfNotBegun(int run) throws IOException {
    Path folder = journals.runFolder(run);
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    if (files.stream().anyMatch(f -> !OF_A_RUN_NOT_BEGUN.contains(f.getFileName().toString()))) {
      return false;
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
    return true;
  }

  private void takeOver(int run, @Nullable RunRecord known, JournalledRun journalled) {
    if (!journalled.hasBegun()) {
      damaged(run, known, String.valueOf(journalled.damage()));
      return;
    }
    runs.put(journalled.record(), journalled.totalsByWorkspace());
    if (journalled.record().status().isResumable() && isSummedUpAsFinished(run)) {
      // The journal is written before the summary, so the end of the journal is missing.
      damaged(
          run,
          journalled.record(),
          "its summary.json says that it has finished, but the end of its journal is missing");
    } else if (journalled.damage() != null) {
      damaged(run, runs.find(run).orElse(null), String.valueOf(journalled.damage()));
    } else if (journalled.record().status().isResumable()) {
      unfinished.put(run, journalled);
    }
    if (journalled.hasSent()) {
      journalled
          .record()
          .spec()
          .workspaces()
          .forEach(new Snapshots(dataSource, journals)::forbidReuse);
    }
    CallLog.put(dataSource, journalled.latestCalls());
    hasCalls(run, journalled.length());
  }

  private boolean isSummedUpAsFinished(int run) {
    try {
      return FINISHED
          .matcher(Files.readString(journals.runFolder(run).resolve("summary.json")))
          .find();
    } catch (IOException e) {
      // The summary is missing or cannot be read.
      return false;
    }
  }

  private void hasCalls(int run, long upTo) {
    jdbc.sql("MERGE INTO journal_position (run, calls) VALUES (?, ?)").params(run, upTo).update();
  }

  private void damaged(int run, @Nullable RunRecord known, String what) {
    if (known != null && known.status().isResumable()) {
      jdbc.sql("UPDATE run SET status = ? WHERE id = ?")
          .params(RunStatus.DAMAGED.name(), run)
          .update();
      notices.add(
          "Run %d cannot be resumed: %s. Check the accounts with 'plan', then run the file again."
              .formatted(run, what));
    } else if (known == null) {
      notices.add("The history of run %d is incomplete: %s.".formatted(run, what));
    }
  }

  /** Takes over the part of the account list that a run had read when its process was killed. */
  private void takeOverList(int run) throws IOException {
    Snapshots snapshots = new Snapshots(dataSource, journals);
    boolean isOfUse = runs.find(run).filter(JournalIndex::mayNeedItsAccounts).isPresent();
    if (!isOfUse) {
      return;
    }
    try {
      journals.forEachOfList(run, event -> snapshots.apply(run, event));
    } catch (DamagedJournalException e) {
      // The run reads the list from the server again.
      snapshots.deleteAll(run);
      Files.delete(journals.accountList(run));
    }
  }

  /**
   * A plan needs its accounts when it is applied: the program compares them with the accounts then.
   */
  private static boolean mayNeedItsAccounts(RunRecord run) {
    return run.status().isResumable() || run.spec().isPlan();
  }

  private void takeOverCalls() throws IOException {
    List<JournalledRun.Call> calls = new ArrayList<>();
    try {
      journals.forEachCall(
          event -> {
            if (event instanceof RunEvent.CallIntended call && call.caller() != null) {
              calls.add(new JournalledRun.Call(call.at(), call.caller()));
            }
          });
    } catch (DamagedJournalException e) {
      notices.add(e.getMessage() + ". It may not list all calls of the last hour.");
    }
    CallLog.put(dataSource, calls);
  }

  /** What the journal of an unfinished run says. */
  JournalledRun unfinished(int run) {
    JournalledRun known = unfinished.remove(run);
    try {
      return known == null ? journals.read(run, 0) : known;
    } catch (IOException e) {
      throw unreadable(run, e);
    }
  }

  private long position(int run, String ofWhat) {
    return jdbc.sql("SELECT " + ofWhat + " FROM journal_position WHERE run = ?")
        .param(run)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** Brings the outcomes of all runs into the database. */
  void catchUp() {
    Map<Integer, Long> positionByRun = new TreeMap<>();
    jdbc.sql(
            "SELECT r.id, COALESCE(p.outcomes, 0) AS position FROM run r LEFT JOIN"
                + " journal_position p ON p.run = r.id")
        .query(
            (RowCallbackHandler)
                row -> positionByRun.put(row.getInt("id"), row.getLong("position")));
    positionByRun.forEach(
        (run, position) -> {
          if (length(run) > position) {
            catchUp(run);
          }
        });
  }

  private long length(int run) {
    try {
      return journals.length(run).orElse(0L);
    } catch (IOException e) {
      throw unreadable(run, e);
    }
  }

  static StateException unreadable(int run, IOException e) {
    return new StateException(
        Reason.UNUSABLE,
        "the journal of run " + run + " cannot be read: " + StateException.words(e),
        e);
  }

  /** Brings the outcomes of a run into the database. */
  synchronized void catchUp(int run) {
    try {
      long position = position(run, "outcomes");
      if (journals.length(run).orElse(0L) > position) {
        catchUp(run, position);
      }
    } catch (IOException e) {
      throw unreadable(run, e);
    } catch (SQLException e) {
      throw Database.failed("the history of run " + run + " cannot be updated from its journal", e);
    }
  }

  private void catchUp(int run, long position) throws IOException, SQLException {
    try (JournalReader reader = JournalReader.open(journals.journal(run), position);
        Inserts inserts = new Inserts(dataSource, run)) {
      List<JournalRecord> records = reader.next();
      long committed = position;
      while (!records.isEmpty()) {
        for (JournalRecord record : records) {
          if (record.kind() == RunEventFormat.ROW_ENDED) {
            inserts.add((RunEvent.RowEnded) RunEventFormat.read(record));
          }
        }
        if (inserts.rows() >= ROWS_AT_ONCE
            || reader.position() - committed >= HeapShare.BYTES / 2) {
          inserts.commit(reader.position());
          committed = reader.position();
        }
        records = reader.next();
      }
      inserts.commit(reader.position());
    } catch (DamagedJournalException e) {
      // The user got a notice when the folder was opened. The database has what precedes the
      // damage.
      return;
    }
  }

  /**
   * Call before the folder is closed. Takes over what takes no time from the runs of this process.
   * The database already has their calls.
   */
  void end() throws IOException {
    for (int run : journals.opened()) {
      if (runs.find(run).isEmpty()) {
        continue;
      }
      hasCalls(run, journals.length(run).orElse(0L));
      if (journals.length(run).orElse(0L) - position(run, "outcomes") < SMALL) {
        catchUp(run);
      }
    }
  }

  /** Records that the journal of a run was written from the database. */
  void isUpToDate(int run) throws IOException {
    long length = journals.length(run).orElse(0L);
    jdbc.sql("MERGE INTO journal_position (run, outcomes, calls) VALUES (?, ?, ?)")
        .params(run, length, length)
        .update();
  }

  /** A number that no run has used. */
  int nextNumber() throws IOException {
    int neverGiven =
        jdbc.sql(
                "SELECT BASE_VALUE FROM INFORMATION_SCHEMA.SEQUENCES WHERE SEQUENCE_NAME ="
                    + " 'RUN_NUMBER'")
            .query(Integer.class)
            .single();
    int highest = jdbc.sql("SELECT MAX(id) FROM run").query(Integer.class).optional().orElse(0);
    return Math.max(neverGiven, 1 + Math.max(highest, journals.highestNumber()));
  }

  /** Records the numbers in use before runs are deleted from the database. */
  void keepNextNumber() throws IOException {
    jdbc.sql("ALTER SEQUENCE run_number RESTART WITH " + nextNumber()).update();
  }

  /** Statements that are prepared once: at high rates, preparing them takes a tenth of a commit. */
  private static final class Inserts implements AutoCloseable {

    private static final String INSERT =
        "INSERT INTO outcome (run_row, line, account_id, status, changed_fields, http_status,"
            + " attempts, message, finished_at, before_values, after_values, workspace)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final int run;
    private final Connection connection;
    private final PreparedStatement outcomes;
    private final PreparedStatement attention;
    private final PreparedStatement counts;
    private final PreparedStatement position;
    private final Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
    private int rows;

    Inserts(DataSource dataSource, int run) throws SQLException {
      this.run = run;
      connection = dataSource.getConnection();
      try {
        connection.setAutoCommit(false);
        outcomes = connection.prepareStatement(INSERT);
        attention = connection.prepareStatement("INSERT INTO attention (attention_row) VALUES (?)");
        counts =
            connection.prepareStatement(
                "MERGE INTO run_count c USING (VALUES (CAST(? AS INT), CAST(? AS VARCHAR), CAST(?"
                    + " AS BIGINT))) n(run, status, added) ON c.run = n.run AND c.status = n.status"
                    + " WHEN MATCHED THEN UPDATE SET rows_ended = rows_ended + added WHEN NOT"
                    + " MATCHED THEN INSERT (run, status, rows_ended) VALUES (n.run, n.status,"
                    + " n.added)");
        position =
            connection.prepareStatement(
                "MERGE INTO journal_position (run, outcomes) VALUES (?, ?)");
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }

    int rows() {
      return rows;
    }

    void add(RunEvent.RowEnded ended) throws SQLException {
      RowOutcome outcome = ended.outcome();
      long runRow = RunRow.of(run, outcome.row());
      bind(runRow, outcome, ended.changes());
      outcomes.addBatch();
      if (outcome.status().needsAttention()) {
        attention.setLong(1, runRow);
        attention.addBatch();
      }
      rowsByStatus.merge(outcome.status(), 1L, Long::sum);
      rows++;
    }

    /**
     * @param behind the position in the journal after the rows
     */
    void commit(long behind) throws SQLException {
      outcomes.executeBatch();
      attention.executeBatch();
      for (Map.Entry<RowStatus, Long> count : rowsByStatus.entrySet()) {
        counts.setInt(1, run);
        counts.setString(2, count.getKey().name());
        counts.setLong(3, count.getValue());
        counts.executeUpdate();
      }
      position.setInt(1, run);
      position.setLong(2, behind);
      position.executeUpdate();
      connection.commit();
      rowsByStatus.clear();
      rows = 0;
    }

    private void bind(long runRow, RowOutcome outcome, @Nullable Changes changes)
        throws SQLException {
      outcomes.setLong(1, runRow);
      outcomes.setLong(2, outcome.line());
      outcomes.setObject(3, outcome.accountId(), Types.BIGINT);
      outcomes.setString(4, outcome.status().name());
      outcomes.setString(5, String.join(";", outcome.changedFields()));
      outcomes.setObject(6, outcome.httpStatus(), Types.INTEGER);
      outcomes.setInt(7, outcome.attempts());
      outcomes.setString(8, outcome.message());
      outcomes.setObject(
          9,
          outcome.finishedAt() == null ? null : outcome.finishedAt().toEpochMilli(),
          Types.BIGINT);
      outcomes.setString(10, changes == null ? null : StoredSettings.write(changes.before()));
      outcomes.setString(11, changes == null ? null : StoredSettings.write(changes.after()));
      outcomes.setString(12, outcome.workspace());
    }

    @Override
    public void close() throws SQLException {
      try (connection) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }
}
