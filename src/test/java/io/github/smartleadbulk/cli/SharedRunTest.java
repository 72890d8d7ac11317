package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One run whose rows are sent by several processes, whatever happens to one of them. */
@Timeout(180)
final class SharedRunTest {

  private static final int ACCOUNTS = 60;
  private static final RateWindow WINDOW = RateWindow.parseAll("100/s").get(0);
  private static final String[] ALL = Cluster.NAMES.toArray(String[]::new);
  private static final int CALLS_AT_ONCE = ALL.length * Cluster.CONCURRENCY;

  @TempDir private Path home;
  private Cluster cluster;
  private ProgramProcess one;
  private ProgramProcess two;

  /** Updates leave one by one once it has none left. */
  private final Semaphore answers = new Semaphore(0);

  private final AtomicInteger held = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    cluster =
        new Cluster(home, TestPostgres.newDatabase(), ACCOUNTS, Duration.ofMillis(20), WINDOW);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  /** Answers to updates wait until they are let go. */
  private void holdAnswers() {
    cluster.onUpdate =
        (workspace, request) -> {
          held.incrementAndGet();
          answers.acquireUninterruptibly();
        };
  }

  private void untilAllAreHeld() throws InterruptedException {
    while (held.get() < CALLS_AT_ONCE) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void letAnswersGo() {
    cluster.onUpdate = (workspace, request) -> {};
    answers.release(1_000_000);
  }

  /** A command that sends a third itself, and two workers that send a third each. */
  private ProgramProcess begin() throws Exception {
    return begin(cluster.rows("rows.csv", 33, ALL));
  }

  private ProgramProcess begin(Path file) throws Exception {
    one = cluster.on("one", "worker", "--runs", "1");
    two = cluster.on("two", "worker", "--runs", "1");
    for (ProgramProcess worker : List.of(one, two)) {
      while (!worker.err().contains("waiting for runs")) {
        assertThat(worker.endsWithin(50)).as(worker.err()).isFalse();
      }
    }
    return cluster.on("three", "update", file.toString(), "--workers", "3");
  }

  private static void assertHelped(ProgramProcess worker) throws IOException {
    assertThat(worker.err()).contains("resume 1 --part=").doesNotContain("bug");
  }

  @Test
  void threeProcessesSendAWorkspaceEach() throws Exception {
    holdAnswers();
    ProgramProcess command = begin();
    untilAllAreHeld();
    assertThat(cluster.ask("SELECT COUNT(DISTINCT session) FROM workspace_claim")).isEqualTo("3");
    letAnswersGo();

    assertThat(command.exitCode()).as(command.err()).isZero();
    for (ProgramProcess worker : List.of(one, two)) {
      assertHelped(worker);
    }
    cluster.assertWhole(1, 33, ALL);
    assertThat(cluster.repeated()).isZero();
    assertThat(cluster.ask("SELECT calls FROM run"))
        .isEqualTo(cluster.ask("SELECT SUM(calls) FROM run_workspace"))
        .isEqualTo("" + cluster.updates());
    assertThat(cluster.ask("SELECT COUNT(*) FROM run_part")).isEqualTo("0");
    assertThat(cluster.ask("SELECT COUNT(*) FROM workspace_claim")).isEqualTo("0");
  }

  @Test
  void rowsOfAKilledAndOfAPausedHelperAreSentByTheOthers() throws Exception {
    holdAnswers();
    ProgramProcess command = begin();
    untilAllAreHeld();
    two.signal("STOP");
    one.kill();
    letAnswersGo();

    assertThat(command.exitCode()).as(command.err()).isZero();
    cluster.assertWhole(1, 33, ALL);
    int sent = cluster.updates();
    String before = cluster.ask("SELECT length FROM journal");
    two.signal("CONT");
    while (!two.err().contains("ended with exit code")) {
      assertThat(two.endsWithin(50)).as(two.err()).isFalse();
    }
    assertThat(cluster.updates()).isEqualTo(sent);
    assertThat(cluster.ask("SELECT length FROM journal")).isEqualTo(before);
    assertEveryCallIsCounted();
    assertThat(cluster.repeated()).isLessThanOrEqualTo(2 * Cluster.CONCURRENCY);
  }

  @Test
  void helpersEndWhenTheProcessThatHasTheRunIsKilled() throws Exception {
    holdAnswers();
    ProgramProcess command = begin();
    untilAllAreHeld();
    command.kill();
    letAnswersGo();
    ended(one);
    ended(two);
    assertThat(cluster.updates()).isLessThan(ALL.length * ACCOUNTS);

    ProgramProcess resumed = cluster.on("three", "resume", "1", "--workers", "2");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    cluster.assertWhole(1, 33, ALL);
    assertThat(cluster.repeated()).isLessThanOrEqualTo(Cluster.CONCURRENCY);
    assertEveryCallIsCounted();
  }

  /** Calls of a killed process count if they were about to be sent. */
  private void assertEveryCallIsCounted() throws SQLException {
    String calls = cluster.ask("SELECT calls FROM run");
    assertThat(calls).isEqualTo(cluster.ask("SELECT SUM(calls) FROM run_workspace"));
    assertThat(Integer.parseInt(calls)).isGreaterThanOrEqualTo(cluster.updates());
  }

  private static void ended(ProgramProcess worker) throws Exception {
    while (!worker.err().contains("ended with exit code 0")) {
      assertThat(worker.endsWithin(50)).as(worker.err()).isFalse();
    }
  }

  @Test
  void stopReachesAllAndNothingIsLost() throws Exception {
    holdAnswers();
    ProgramProcess command = begin();
    untilAllAreHeld();
    cluster.done("stop", "1");
    while (!command.endsWithin(100)) {
      answers.release();
    }

    assertThat(command.exitCode()).as(command.err()).isEqualTo(5);
    assertThat(cluster.updates()).isLessThan(ALL.length * ACCOUNTS);
    letAnswersGo();
    ProgramProcess resumed = cluster.on("three", "resume", "1", "--workers", "3");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    cluster.assertWhole(1, 33, ALL);
    assertThat(cluster.repeated()).isZero();
  }

  /** The last rows fail, and no more than three in their workspace may. */
  private Path rowsWithUnknownAccounts(int count) throws IOException {
    Files.writeString(
        home.resolve("config/smartlead-bulk.properties"),
        "\nworkspace.initech.max-failures = 3\n",
        StandardOpenOption.APPEND);
    Path file = cluster.rows("rows.csv", 33, ALL);
    for (int unknown = 0; unknown < count; unknown++) {
      Files.writeString(file, (77_000_000 + unknown) + ",33,initech\n", StandardOpenOption.APPEND);
    }
    return file;
  }

  @Test
  void whatStopsAWorkspaceOfAHelperStopsItForTheRun() throws Exception {
    Path file = rowsWithUnknownAccounts(20);
    holdAnswers();
    ProgramProcess command = begin(file);
    untilAllAreHeld();
    letAnswersGo();

    assertThat(command.exitCode()).as(command.err()).isEqualTo(4);
    assertThat(command.err()).contains("guard workspace.initech.max-failures 3: ");
    assertThat(cluster.ask("SELECT stopped FROM run_workspace WHERE name = 'initech'"))
        .contains("guard workspace.initech.max-failures 3: ");
    assertThat(cluster.ask("SELECT COUNT(*) FROM run_workspace WHERE stopped IS NOT NULL"))
        .isEqualTo("1");
    assertThat(cluster.updates()).isEqualTo(ALL.length * ACCOUNTS);
  }

  @Test
  void guardThatTheLastRowOfAHelperExceedsLeavesNoRowOpen() throws Exception {
    Path file = rowsWithUnknownAccounts(4);
    ProgramProcess command = begin(file);

    assertThat(command.exitCode()).as(command.err()).isEqualTo(1);
    assertThat(cluster.status(1)).isEqualTo("FINISHED");
    assertThat(cluster.ask("SELECT COUNT(*) FROM run_workspace WHERE stopped IS NOT NULL"))
        .isEqualTo("0");
    for (ProgramProcess worker : List.of(one, two)) {
      assertHelped(worker);
    }
  }

  @Test
  void lostConnectionsOfHelpersStopNoWorkspace() throws Exception {
    ProgramProcess command = begin();
    for (int cuts = 1; cuts <= 4; cuts++) {
      while (cluster.updates() < 30 * cuts) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      // All but those that tell that the helpers are there.
      String cut =
          cluster.ask(
              "SELECT COUNT(pg_terminate_backend(a.pid)) FROM pg_stat_activity a JOIN work_session s"
                  + " ON s.application = a.application_name JOIN run_part p ON p.session = s.id"
                  + " WHERE a.pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND"
                  + " objid = s.id)");
      assertThat(cut).isNotNull();
    }

    assertThat(command.exitCode()).as(command.err()).isZero();
    cluster.assertWhole(1, 33, ALL);
    assertEveryCallIsCounted();
  }

  @Test
  void withoutWorkersTheCommandSendsAllAndLeavesNoPartBehind() throws Exception {
    ProgramProcess command =
        cluster.on(
            "three", "update", cluster.rows("rows.csv", 33, ALL).toString(), "--workers", "3");

    assertThat(command.exitCode()).as(command.err()).isZero();
    cluster.assertWhole(1, 33, ALL);
    assertThat(cluster.repeated()).isZero();
    assertThat(cluster.ask("SELECT COUNT(*) FROM run_part")).isEqualTo("0");
    assertThat(cluster.ask("SELECT COUNT(*) FROM scheduled_tasks")).isEqualTo("0");
  }

  @Test
  void partThatCannotBeSentIsNoNewsOfTheRun() throws Exception {
    try (WebhookServer webhook = WebhookServer.answering(200)) {
      TestProgram worker =
          new TestProgram(home)
              .with("SMARTLEAD_STATE_URL", cluster.url)
              .with("SMARTLEAD_STATE_DIR", home.resolve("one").toString())
              .with("SMARTLEAD_NOTIFY", webhook.url());

      assertThat(worker.run("resume", "1", "--part=7.1", "--same-key").exitCode()).isEqualTo(2);
      assertThat(webhook.posts()).isEmpty();

      assertThat(worker.run("resume", "1").exitCode()).isEqualTo(2);
      assertThat(webhook.posts()).hasSize(1);
    }
  }
}
