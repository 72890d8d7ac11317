package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.ProcessRehearsal.Machine;
import io.github.smartleadbulk.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands about a run that another machine is working on, or has left unfinished. */
@Timeout(180)
final class SharedHistoryTest {

  private static final int ROWS = 200;

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;
  private Machine first;
  private Machine second;

  private final CountDownLatch called = new CountDownLatch(60);
  private final CountDownLatch answersMayLeave = new CountDownLatch(1);

  /** Answers do not leave any more once so many calls were made. */
  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, ROWS, Duration.ofMillis(5));
    String url = TestPostgres.newDatabase();
    first = new Machine(home.resolve("first"), url);
    second = new Machine(home.resolve("second"), url);
    rehearsal.onRequest =
        request -> {
          called.countDown();
          if (called.getCount() == 0) {
            await(answersMayLeave);
          }
        };
  }

  @AfterEach
  void close() {
    answersMayLeave.countDown();
    rehearsal.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ProgramProcess updateInProgress() throws IOException {
    ProgramProcess update = rehearsal.on(first, "update", rehearsal.input.toString());
    await(called);
    return update;
  }

  /** On the other machine. Returns when it waits for the workspace. */
  private ProgramProcess waiting(String... command) throws Exception {
    ProgramProcess waiting = rehearsal.on(second, command);
    while (!waiting.err().contains("; waiting until ")) {
      assertThat(waiting.endsWithin(10)).as(waiting.err()).isFalse();
    }
    return waiting;
  }

  private ProgramProcess withOtherKey(String... command) throws IOException {
    return ProgramProcess.start(
        home,
        Map.of(
            "SMARTLEAD_API_KEY",
            "key-of-another-workspace",
            "SMARTLEAD_STATE_DIR",
            second.folder().toString(),
            "SMARTLEAD_STATE_URL",
            second.url()),
        List.of(),
        List.of(command));
  }

  private static void assertEndsWell(ProgramProcess program) throws Exception {
    assertThat(program.exitCode()).as(program.err()).isZero();
  }

  private long ask(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(first.url())) {
      return ask(connection, sql);
    }
  }

  private static long ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void resultsAreWrittenWhileAnotherMachineWorks() throws Exception {
    Path out = home.resolve("out");
    try (ProgramProcess update = updateInProgress();
        ProgramProcess results = rehearsal.look(second, "results", "1", "--out", out.toString())) {
      assertEndsWell(results);
      assertThat(update.isAlive()).isTrue();
    }
    assertThat(out.resolve("input.csv")).hasSameBinaryContentAs(rehearsal.input);
    assertThat(out.resolve("results.csv")).exists();
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void whoWaitsToResumeHasTheFilesOfTheRun() throws Exception {
    try (ProgramProcess update = updateInProgress();
        ProgramProcess resume = waiting("resume", "1", "--wait", "10m")) {
      update.kill();
      answersMayLeave.countDown();
      assertEndsWell(resume);
    }
    rehearsal.assertResultsWhole(second.runFolder(1));
  }

  @Test
  void rollbackThatWaitsUndoesAllOfTheRun() throws Exception {
    try (ProgramProcess update = updateInProgress();
        ProgramProcess rollback = waiting("rollback", "1", "--wait", "10m")) {
      answersMayLeave.countDown();
      assertEndsWell(update);
      assertEndsWell(rollback);
    }
    assertThat(ask("SELECT row_count FROM run WHERE id = 2")).isEqualTo(ROWS);
  }

  /** The server lives, so the process can record how its run ended. */
  @Test
  void runWhoseSessionWasEndedIsLeftToOthers() throws Exception {
    try (ProgramProcess update = updateInProgress()) {
      try (Connection holder = DriverManager.getConnection(first.url())) {
        holder.setAutoCommit(false);
        long session = ask(holder, "SELECT session FROM journal");
        // The process looks at this row when it has noticed, and waits for the lock.
        ask(holder, "SELECT id FROM work_session WHERE id = " + session + " FOR UPDATE");
        ask(
            "SELECT CAST(pg_terminate_backend(pid) AS INT) FROM pg_locks WHERE locktype = 'advisory' AND"
                + " objsubid = 2 AND objid = "
                + session
                + " AND database = (SELECT oid FROM pg_database WHERE datname ="
                + " current_database())");
        while (ask(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " wait_event_type = 'Lock'")
            == 0) {
          assertThat(update.endsWithin(10)).as(update.err()).isFalse();
        }
        holder.rollback();
      }
      answersMayLeave.countDown();
      assertThat(update.exitCode()).as(update.err()).isEqualTo(5);
      assertThat(update.err()).contains("out of touch with the database");
    }
    assertThat(ask("SELECT COUNT(*) FROM run WHERE status = 'RUNNING'")).isEqualTo(1);
    try (ProgramProcess resume = rehearsal.on(second, "resume")) {
      assertEndsWell(resume);
    }
    rehearsal.assertResultsWhole(second.runFolder(1));
  }

  @Test
  void newestRunOfSomebodyElseIsNotResumed() throws Exception {
    try (ProgramProcess update = updateInProgress()) {
      update.kill();
    }
    try (ProgramProcess resume = withOtherKey("resume", "--yes")) {
      assertThat(resume.exitCode()).as(resume.err()).isEqualTo(2);
      assertThat(resume.err()).contains("is not the one of run 1, the newest unfinished run");
    }
  }

  /** Every machine has its own files, and the same paths. */
  @Test
  void fileOfTheSamePathForAnotherKeyIsAnotherFile() throws Exception {
    try (ProgramProcess update = updateInProgress()) {
      update.kill();
    }
    answersMayLeave.countDown();
    String target = rehearsal.baseUrl();
    rehearsal.writeInput(2);
    try (ProgramProcess update =
        withOtherKey(
            "update", rehearsal.input.toString(), "--fresh", "--yes", "--base-url", target)) {
      assertThat(update.exitCode()).as(update.err()).isEqualTo(3);
    }
    assertThat(ask("SELECT COUNT(*) FROM run WHERE id = 1 AND status = 'RUNNING'")).isEqualTo(1);
  }

  @Test
  void runInProgressElsewhereIsNotTheOneToResume() throws Exception {
    try (ProgramProcess update = updateInProgress();
        ProgramProcess resume = rehearsal.on(second, "resume")) {
      assertThat(resume.exitCode()).as(resume.err()).isEqualTo(2);
      assertThat(resume.err()).contains("there is no unfinished run to resume");
      assertThat(update.isAlive()).isTrue();
    }
  }
}
