package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.ProcessRehearsal.Machine;
import io.github.smartleadbulk.postgres.CuttableLine;
import io.github.smartleadbulk.postgres.RestartablePostgres;
import io.github.smartleadbulk.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes on two machines with one database: what one of them has the other leaves alone, and
 * what is left by one that is killed, paused or cut off the other finishes.
 */
@Timeout(180)
final class SharedStateTest {

  private static final int ROWS = 200;

  /** The calls after which answers are held back. */
  private static final int CALLS = 60;

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;
  private Machine first;
  private Machine second;

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch called = new CountDownLatch(CALLS);

  /** How many calls are at the server without an answer. */
  private final AtomicInteger held = new AtomicInteger();

  private final CountDownLatch answersMayLeave = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, ROWS, Duration.ofMillis(5));
    String url = TestPostgres.newDatabase();
    first = new Machine(home.resolve("first"), url);
    second = new Machine(home.resolve("second"), url);
    rehearsal.onRequest = request -> requests.incrementAndGet();
  }

  @AfterEach
  void close() {
    answersMayLeave.countDown();
    rehearsal.close();
  }

  /** Answers do not leave any more once so many calls were made. */
  private void holdAnswers() {
    rehearsal.onRequest =
        request -> {
          requests.incrementAndGet();
          called.countDown();
          if (called.getCount() == 0) {
            held.incrementAndGet();
            await(answersMayLeave);
          }
        };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String update() {
    return rehearsal.input.toString();
  }

  private static long ask(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Waits until the server has no session of a process any more. */
  private static void untilNobodyIsAtWork(String url) throws Exception {
    while (ask(url, "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'") > 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void assertEndsWell(ProgramProcess program) throws Exception {
    assertThat(program.exitCode()).as(program.err()).isZero();
  }

  /** No row was lost, and what was sent twice was under way when the first process ended. */
  private void assertWhole(Machine machine, int run) throws IOException {
    rehearsal.assertResultsWhole(machine.runFolder(run));
    assertThat(rehearsal.updatesByAccount()).hasSize(ROWS);
    assertThat(requests.get()).isBetween(ROWS, ROWS + ProcessRehearsal.CONCURRENCY);
  }

  @Test
  void twoRunsOfDifferentWorkspacesGoOnAtOnce() throws Exception {
    holdAnswers();
    Path otherHome = Files.createDirectory(home.resolve("other"));
    try (ProcessRehearsal other = new ProcessRehearsal(otherHome, ROWS, Duration.ZERO);
        ProgramProcess one = rehearsal.on(first, "update", update())) {
      await(called);
      // The same machine, and another run of the same database.
      try (ProgramProcess two = other.on(first, "update", other.input.toString())) {
        assertEndsWell(two);
        assertThat(two.out()).startsWith("Run 2 finished: ");
      }
      other.assertResultsWhole(first.runFolder(2));
      assertThat(one.isAlive()).isTrue();
      answersMayLeave.countDown();
      assertEndsWell(one);
    }
    assertWhole(first, 1);
    assertThat(names(first.runFolder(1).getParent().getParent())).containsExactly("runs");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void secondRunOfAWorkspaceIsToldWhoHasIt() throws Exception {
    holdAnswers();
    try (ProgramProcess one = rehearsal.on(first, "update", update())) {
      await(called);
      try (ProgramProcess two = rehearsal.on(second, "update", update())) {
        assertThat(two.exitCode()).as(two.err()).isEqualTo(6);
        assertThat(two.err())
            .matches(
                "error: the workspace \\S+ is in use by another run \\(process %d on \\S+, started \\S+Z\\)\n"
                    .formatted(one.pid()));
        assertThat(two.out()).isEmpty();
      }
      answersMayLeave.countDown();
      assertEndsWell(one);
    }
    assertWhole(first, 1);
  }

  @Test
  void whoWaitsGoesOnWhenTheFirstHasEnded() throws Exception {
    holdAnswers();
    try (ProgramProcess one = rehearsal.on(first, "update", update());
        ProgramProcess two = afterTheFirst()) {
      while (!two.err().contains("; waiting until ")) {
        assertThat(two.endsWithin(10)).as(two.err()).isFalse();
      }
      answersMayLeave.countDown();
      assertEndsWell(one);
      assertEndsWell(two);
      assertThat(two.out()).startsWith("Run 2 finished: ");
    }
    rehearsal.assertResultsWhole(first.runFolder(1));
    assertThat(rehearsal.updatesByAccount()).hasSize(ROWS);
  }

  private ProgramProcess afterTheFirst() throws IOException {
    await(called);
    return rehearsal.on(second, "update", update(), "--wait", "10m");
  }

  @Test
  void workspaceIsFreeAfterAKill() throws Exception {
    holdAnswers();
    try (ProgramProcess one = rehearsal.on(first, "update", update())) {
      await(called);
      one.kill();
    }
    answersMayLeave.countDown();
    untilNobodyIsAtWork(first.url());
    try (ProgramProcess two = rehearsal.on(second, "update", update())) {
      assertEndsWell(two);
      assertThat(two.err()).contains("Run 1: resuming ");
    }
    assertWhole(second, 1);
  }

  /** Whoever wakes up again sends nothing and writes nothing. */
  @Test
  void pausedProcessIsTakenOverAndDoesNothingMore() throws Exception {
    holdAnswers();
    try (ProgramProcess one = rehearsal.on(first, "update", update())) {
      await(called);
      // No call is on its way between the process and the server when the process is paused.
      while (held.get() < ProcessRehearsal.CONCURRENCY) {
        Thread.sleep(10);
      }
      one.signal("STOP");
      answersMayLeave.countDown();
      untilNobodyIsAtWork(first.url());
      try (ProgramProcess two = rehearsal.on(second, "resume", "1")) {
        assertEndsWell(two);
      }
      int sent = requests.get();
      String before = content(first.url());
      one.signal("CONT");

      assertThat(one.exitCode()).as(one.err()).isEqualTo(5);
      assertThat(one.err()).contains("out of touch with the database").doesNotContain("bug");
      assertThat(requests.get()).isEqualTo(sent);
      assertThat(content(first.url())).isEqualTo(before);
    }
    assertWhole(second, 1);
  }

  /** What is on record of runs. */
  private static String content(String url) throws SQLException {
    StringBuilder content = new StringBuilder();
    for (String table :
        new String[] {
          "run", "run_workspace", "journal", "journal_record", "run_file", "account_list", "outcome"
        }) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM " + table + " t")) {
        row.next();
        content.append(table).append(' ').append(row.getString(1)).append('\n');
      }
    }
    return content.toString();
  }

  @Test
  void processThatIsCutOffStopsAndAnotherGoesOn() throws Exception {
    try (CuttableLine line = new CuttableLine(TestPostgres.port())) {
      Machine far =
          new Machine(
              home.resolve("far"),
              first.url().replaceFirst("localhost:\\d+", "localhost:" + line.port()));
      holdAnswers();
      try (ProgramProcess one = rehearsal.on(far, "update", update())) {
        await(called);
        line.cut();
        int sent = requests.get();
        answersMayLeave.countDown();
        assertThat(one.endsWithin(120_000)).as(one.err()).isTrue();
        assertThat(one.exitCode()).as(one.err()).isEqualTo(5);
        assertThat(one.err()).doesNotContain("bug");
        // The intents of those rows were on record, and their calls on their way.
        assertThat(requests.get()).isBetween(sent, sent + ProcessRehearsal.CONCURRENCY);
      }
      untilNobodyIsAtWork(first.url());
      try (ProgramProcess two = rehearsal.on(second, "resume", "1")) {
        assertEndsWell(two);
      }
    }
    assertWhole(second, 1);
  }

  @Test
  void runGoesOnAfterTheDatabaseWasKilled(@TempDir Path data) throws Exception {
    try (RestartablePostgres server = new RestartablePostgres(data.resolve("pg"))) {
      Machine machine = new Machine(home.resolve("machine"), server.url());
      holdAnswers();
      try (ProgramProcess one = rehearsal.on(machine, "update", update())) {
        await(called);
        server.kill();
        answersMayLeave.countDown();
        assertThat(one.endsWithin(120_000)).as(one.err()).isTrue();
        assertThat(one.exitCode()).as(one.err()).isEqualTo(5);
        assertThat(one.err()).contains("error: ").doesNotContain("bug");
      }
      try (ProgramProcess away = rehearsal.on(machine, "resume", "1")) {
        assertThat(away.exitCode()).as(away.err()).isEqualTo(5);
        assertThat(away.err()).startsWith("error: ").doesNotContain("bug");
      }
      server.startAgain();
      try (ProgramProcess two = rehearsal.on(machine, "resume", "1")) {
        assertEndsWell(two);
      }
      assertWhole(machine, 1);
    }
  }

  @Test
  void twoProcessesUpgradeAnEmptyDatabaseOnce() throws Exception {
    try (ProgramProcess one = rehearsal.look(first, "runs");
        ProgramProcess two = rehearsal.look(second, "runs")) {
      assertThat(one.exitCode()).as(one.err()).isEqualTo(two.exitCode());
      assertThat(one.err()).isEqualTo(two.err()).isEmpty();
    }
    assertThat(ask(first.url(), "SELECT COUNT(*) FROM schema_version")).isEqualTo(1);
    try (ProgramProcess one = rehearsal.on(first, "update", update())) {
      assertEndsWell(one);
    }
  }
}
