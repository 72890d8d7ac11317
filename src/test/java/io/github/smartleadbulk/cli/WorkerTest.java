package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers as processes: each run is executed by one at a time, whatever happens to it. */
@Timeout(180)
final class WorkerTest {

  private static final int ACCOUNTS = 60;
  private static final RateWindow WINDOW = RateWindow.parseAll("100/s").get(0);

  @TempDir private Path home;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster =
        new Cluster(home, TestPostgres.newDatabase(), ACCOUNTS, Duration.ofMillis(20), WINDOW);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  /** Leaves a run of all accounts of some workspaces to the workers. */
  private void detach(String file, String... workspaces) throws IOException {
    cluster.done("update", cluster.rows(file, 33, workspaces).toString(), "--detach", "-q");
  }

  /** Waits until so many updates have arrived. */
  private CountDownLatch after(int updates) {
    CountDownLatch left = new CountDownLatch(updates);
    cluster.onUpdate = (workspace, request) -> left.countDown();
    return left;
  }

  @Test
  void terminatedWorkerGivesBackAllItsRunsAndAnotherEndsThemAsTheCommandsWould() throws Exception {
    CountDownLatch some = after(30);
    detach("acme.csv", "acme");
    detach("globex.csv", "globex");
    assertThat(cluster.updates()).isZero();
    try (ProgramProcess first = cluster.worker("one")) {
      Latches.await(some);
      first.signal("TERM");

      assertThat(first.exitCode()).as(first.err()).isEqualTo(143);
      assertThat(first.err()).contains("resume 1: begun", "resume 2: begun");
    }
    assertThat(cluster.ask("SELECT COUNT(*) FROM scheduled_tasks WHERE NOT picked")).isEqualTo("2");
    assertThat(cluster.updates()).isLessThan(2 * ACCOUNTS);
    assertThat(cluster.done("runs")).contains("queued");
    try (ProgramProcess second = cluster.worker("two")) {
      cluster.untilFinished(1);
      cluster.untilFinished(2);
      second.signal("TERM");

      assertThat(second.exitCode()).as(second.err()).isEqualTo(143);
      assertThat(second.err()).contains("resume 1: ended with exit code 0");
      assertThat(second.out()).isEmpty();
    }
    cluster.assertWhole(1, 33, "acme");
    cluster.assertWhole(2, 33, "globex");
    // What is given back has the outcomes of its calls, so nothing is sent again.
    assertThat(cluster.repeated()).isZero();

    cluster.done("update", home.resolve("acme.csv").toString(), "--force", "-q");
    cluster.done("results", "1", "--out", home.resolve("detached").toString());
    cluster.done("results", "3", "--out", home.resolve("direct").toString());
    assertThat(names("detached")).isEqualTo(names("direct"));
    assertThat(withoutTimes("detached")).isEqualTo(withoutTimes("direct"));
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> withoutTimes(String folder) throws IOException {
    return Files.readAllLines(home.resolve(folder).resolve("results.csv")).stream()
        .map(line -> line.replaceAll("20[0-9]{2}-[^,]*Z", "time"))
        .toList();
  }

  /** Whoever is paused sends and writes nothing more when it wakes up, and is a worker again. */
  @Test
  void runOfAPausedOrKilledWorkerIsTakenOver() throws Exception {
    CountDownLatch some = new CountDownLatch(40);
    CountDownLatch answersMayLeave = new CountDownLatch(1);
    AtomicInteger held = new AtomicInteger();
    cluster.onUpdate =
        (workspace, request) -> {
          some.countDown();
          if (some.getCount() == 0) {
            held.incrementAndGet();
            Latches.await(answersMayLeave);
          }
        };
    detach("rows.csv", "acme", "globex");
    try (ProgramProcess first = cluster.worker("one")) {
      // No call is on its way between the worker and the server when the worker is paused.
      while (held.get() < 2 * Cluster.CONCURRENCY) {
        Thread.sleep(10);
      }
      first.signal("STOP");
      answersMayLeave.countDown();
      try (ProgramProcess second = cluster.worker("two")) {
        untilTakenOver(1, "pause");
        cluster.untilFinished(1);
        int sent = cluster.updates();
        String before = content();
        first.signal("CONT");
        while (!first.err().contains("resume 1: ended with exit code 5")) {
          assertThat(first.endsWithin(20)).as(first.err()).isFalse();
        }

        assertThat(first.err()).contains("out of touch with the database").doesNotContain("bug");
        assertThat(content()).isEqualTo(before);
        assertThat(cluster.updates()).isEqualTo(sent);
        cluster.assertWhole(1, 33, "acme", "globex");

        CountDownLatch more = after(20);
        detach("more.csv", "initech");
        Latches.await(more);
        (hasPicked(first) ? first : second).kill();
        untilTakenOver(2, "kill");
        cluster.untilFinished(2);
      }
    }
    cluster.assertWhole(2, 33, "initech");
    assertThat(cluster.repeated()).isLessThanOrEqualTo(3 * Cluster.CONCURRENCY);
  }

  private boolean hasPicked(ProgramProcess worker) throws SQLException {
    return cluster.ask("SELECT picked_by FROM scheduled_tasks").endsWith("-" + worker.pid());
  }

  /** Waits until another session has the journal of a run. */
  private void untilTakenOver(int run, String after) throws SQLException, InterruptedException {
    Integer owner = Integer.valueOf(cluster.ask("SELECT session FROM journal WHERE run = ?", run));
    long start = System.nanoTime();
    cluster.until("SELECT session <> ? FROM journal WHERE run = ?", owner, run);
    System.out.printf(
        "taken over after a %s in %d ms%n", after, (System.nanoTime() - start) / 1_000_000);
  }

  /** What is on record of runs. */
  private String content() throws SQLException {
    StringBuilder content = new StringBuilder();
    for (String table :
        List.of("run", "run_workspace", "journal", "journal_record", "run_file", "outcome")) {
      content.append(
          cluster.ask("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM " + table + " t"));
    }
    return content.toString();
  }

  @Test
  void runAtWorkIsStoppedFromElsewhereAndGoesOnWhenItIsResumed() throws Exception {
    Semaphore answers = new Semaphore(0);
    cluster.onUpdate = (workspace, request) -> answers.acquireUninterruptibly();
    detach("rows.csv", "acme", "globex");
    try (ProgramProcess worker = cluster.worker("one")) {
      // Also a run that only begins hears it.
      cluster.until("SELECT picked FROM scheduled_tasks WHERE task_instance = '1'");
      assertThat(cluster.done("stop", "1")).startsWith("Run 1 was asked to stop.");
      untilStopped(worker, answers);

      int before = cluster.updates();
      resume(worker);
      while (cluster.updates() == before) {
        assertThat(worker.endsWithin(20)).as(worker.err()).isFalse();
      }
      assertThat(cluster.done("stop", "1"))
          .startsWith("Run 1 was asked to stop.")
          .contains("To resume it: ./run.sh resume 1");
      untilStopped(worker, answers);

      cluster.onUpdate = (workspace, request) -> {};
      resume(worker);
      cluster.untilFinished(1);
    }
    cluster.assertWhole(1, 33, "acme", "globex");
    assertThat(cluster.repeated()).isZero();
  }

  /** At once, while the worker may not have let go of it yet. */
  private void resume(ProgramProcess worker) {
    Ended resumed;
    do {
      assertThat(worker.isAlive()).isTrue();
      resumed = cluster.command("resume", "1", "--detach", "-q");
    } while (resumed.exitCode() == 6);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
  }

  /** Answers leave one by one, so the run cannot end before it hears that it should stop. */
  private void untilStopped(ProgramProcess worker, Semaphore answers) throws Exception {
    while (cluster.status(1).equals("RUNNING")) {
      answers.release();
      assertThat(worker.endsWithin(200)).as(worker.err()).isFalse();
    }
    assertThat(cluster.status(1)).isEqualTo("STOPPED");
    answers.drainPermits();
  }

  @Test
  void oneOfTwoWorkersExecutesAScheduleAndTheOtherGoesOnWhenItDies() throws Exception {
    CountDownLatch some = after(20);
    String file = cluster.rows("rows.csv", 33, "acme").toString();
    cluster.done("schedule", "add", "nightly", "--cron", "0 2 * * *", "--", "update", file, "-q");
    try (ProgramProcess one = cluster.worker("one");
        ProgramProcess two = cluster.worker("two")) {
      cluster.done("schedule", "run", "nightly");
      Latches.await(some);
      boolean isFirst = hasPicked(one);
      ProgramProcess killed = isFirst ? one : two;
      killed.kill();
      cluster.until("SELECT status = 'FINISHED' FROM run WHERE id = 1");
      cluster.until("SELECT NOT picked AND execution_time > now() FROM scheduled_tasks");

      assertThat((isFirst ? two : one).err()).contains("update ");
      assertThat(cluster.ask("SELECT COUNT(*) FROM run")).isEqualTo("1");
      cluster.assertWhole(1, 33, "acme");
      assertThat(cluster.repeated()).isLessThanOrEqualTo(Cluster.CONCURRENCY);

      // A new version of the file counts from the update of the schedule on.
      cluster.rows("rows.csv", 44, "acme");
      cluster.done("schedule", "run", "nightly");
      cluster.until("SELECT COUNT(*) = 2 FROM run WHERE status = 'FINISHED'");
      cluster.assertWhole(2, 33, "acme");
      cluster.until("SELECT NOT picked AND execution_time > now() FROM scheduled_tasks");
      cluster.done("schedule", "update", "nightly");
      cluster.done("schedule", "run", "nightly");
      cluster.until("SELECT COUNT(*) = 3 FROM run WHERE status = 'FINISHED'");
      cluster.assertWhole(3, 44, "acme");
    }
  }
}
