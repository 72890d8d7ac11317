package io.github.smartleadbulk.state;

import io.github.smartleadbulk.journal.DamagedJournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the database of a state folder up to date with the journals when the folder is opened: the
 * runs, their totals and their calls. The {@link JournalIndex} does the same for the outcomes of
 * their rows, on demand.
 */
final class JournalRecovery {

  /**
   * How many bytes a process takes over from its own runs when it ends. This takes milliseconds.
   */
  private static final long SMALL = 1L << 20;

  /** The only files that a run can leave if it failed before it was on record. */
  private static final Set<String> OF_A_RUN_NOT_BEGUN = Set.of("input.csv", "journal.new");

  private static final Pattern FINISHED = Pattern.compile("\"status\" : \"finished\"");

  private final DataSource dataSource;
  private final FolderJournals journals;
  private final Runs runs;
  private final JournalIndex index;
  private final Snapshots snapshots;
  private final JdbcClient jdbc;
  private final List<String> notices = new ArrayList<>();

  JournalRecovery(
      DataSource dataSource,
      FolderJournals journals,
      Runs runs,
      JournalIndex index,
      Snapshots snapshots) {
    this.dataSource = dataSource;
    this.journals = journals;
    this.runs = runs;
    this.index = index;
    this.snapshots = snapshots;
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
      long position = index.position(run);
      if (length < position) {
        damaged(run, known, journals.journal(run) + " was replaced by an older copy");
      } else if (known == null || length > position) {
        takeOver(run, known, journals.journalled(run, callsPosition(run)));
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
      index.remember(journalled);
    }
    if (journalled.hasSent()) {
      journalled.record().spec().workspaces().forEach(snapshots::forbidReuse);
    }
    FolderCallLog.put(dataSource, journalled.latestCalls());
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

  private long callsPosition(int run) {
    return jdbc.sql("SELECT calls FROM journal_position WHERE run = ?")
        .param(run)
        .query(Long.class)
        .optional()
        .orElse(0L);
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
    boolean isOfUse = runs.find(run).filter(JournalRecovery::mayNeedItsAccounts).isPresent();
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
    FolderCallLog.put(dataSource, calls);
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
      if (journals.length(run).orElse(0L) - index.position(run) < SMALL) {
        index.catchUp(run);
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
}
