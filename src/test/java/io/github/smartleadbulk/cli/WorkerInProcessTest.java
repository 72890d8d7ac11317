package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.cluster.Worker;
import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.postgres.TestPostgres;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers in this process, where none has to die: which commands they execute, and when. */
@Timeout(180)
final class WorkerInProcessTest {

  private static final int ACCOUNTS = 3;

  @TempDir private Path home;
  private Cluster cluster;
  private StateStore store;

  @BeforeEach
  void start() throws IOException {
    cluster =
        new Cluster(
            home,
            TestPostgres.newDatabase(),
            ACCOUNTS,
            Duration.ZERO,
            RateWindow.parseAll("100/s").get(0));
    cluster.done("runs");
    store = StateStore.openToRead(PostgresAddress.of(cluster.url, null), home.resolve("worker"));
  }

  @AfterEach
  void close() {
    store.close();
    cluster.close();
  }

  /**
   * Starts a worker.
   *
   * @param machine the home of the worker, with its config
   * @param commands receives each command that the worker executes
   */
  private Worker worker(Path machine, List<List<String>> commands) {
    return Worker.start(
        "worker",
        1,
        store,
        command -> {
          commands.add(command);
          return execute(machine, command);
        });
  }

  private int execute(Path machine, List<String> command) {
    return new TestProgram(machine)
        .with("SMARTLEAD_STATE_URL", cluster.url)
        .with("SMARTLEAD_STATE_DIR", home.resolve("worker").toString())
        .unattended()
        .run(command.toArray(String[]::new))
        .exitCode();
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(cluster.url);
        Statement execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }

  private void untilScheduleHasEnded() throws Exception {
    cluster.until(
        "SELECT NOT picked AND execution_time > clock_timestamp() + INTERVAL '1 hour'"
            + " FROM scheduled_tasks WHERE task_name = 'schedule'");
  }

  /** A machine whose config is the same, but whose key of acme is another one. */
  private Path stranger() throws IOException {
    Path machine = Files.createDirectories(home.resolve("stranger"));
    Path key = Files.writeString(machine.resolve("acme.key"), "key-of-somebody-else\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path config = home.resolve("config").resolve("smartlead-bulk.properties");
    Files.writeString(
        Files.createDirectory(machine.resolve("config")).resolve("smartlead-bulk.properties"),
        Files.readString(config).replace(home.resolve("acme.key").toString(), key.toString()));
    return machine;
  }

  @Test
  void workerWithAnotherKeyLeavesTheRunToOthersAndTheRunSaysWhy() throws Exception {
    cluster.done("update", cluster.rows("rows.csv", 33, "acme").toString(), "--detach", "-q");
    List<List<String>> tried = new CopyOnWriteArrayList<>();
    try (Worker other = worker(stranger(), tried)) {
      cluster.until("SELECT status = 'STOPPED' AND exit_code = 6 FROM run WHERE id = 1");
      cluster.until("SELECT NOT picked FROM scheduled_tasks");

      String why = "left it to other workers: the API key of the workspace acme is not the one";
      assertThat(cluster.done("show", "1")).startsWith("Run 1 queued").contains(why);
      assertThat(cluster.done("runs")).contains("queued");
      assertThat(cluster.done("runs", "--json")).contains(why);
      Ended status = cluster.command("status");
      assertThat(status.exitCode()).isEqualTo(1);
      assertThat(status.out()).startsWith("UNFINISHED: run 1 (update) waits for a worker");
      assertThat(status.out()).contains(why).contains("next step").contains("show 1");

      // It comes by again and does not try again.
      int version = Integer.parseInt(cluster.ask("SELECT version FROM scheduled_tasks"));
      cluster.until("SELECT version >= ? FROM scheduled_tasks", version + 2);
      assertThat(tried).hasSize(1);
      assertThat(cluster.updates()).isZero();

      try (Worker right = worker(home, new CopyOnWriteArrayList<>())) {
        cluster.untilFinished(1);
      }
    }
    cluster.assertWhole(1, 33, "acme");
    assertThat(cluster.command("status").exitCode()).isZero();
    assertThat(cluster.done("show", "1")).doesNotContain("other workers");
  }

  @Test
  void runThatEveryWorkerWouldRefuseLeavesTheQueueAndSaysWhy() throws Exception {
    cluster.done("update", cluster.rows("rows.csv", 33, "acme").toString(), "--detach", "-q");
    // Another run sets the same fields of the same accounts later.
    cluster.done("update", cluster.rows("later.csv", 44, "acme").toString(), "-q");

    try (Worker worker = worker(home, new CopyOnWriteArrayList<>())) {
      cluster.untilOutOfTheQueue(1);
    }

    assertThat(cluster.done("show", "1"))
        .startsWith("Run 1 stopped")
        .contains("refused it: ")
        .contains("To resume it although it is superseded");
    assertThat(cluster.ask("SELECT exit_code FROM run WHERE id = 1")).isEqualTo("2");
    cluster.done("resume", "1", "--resume-stale", "-q");
    cluster.assertWhole(1, 33, "acme");
  }

  @Test
  void followUpsAndRampsAreExecuted() throws Exception {
    Path rows = cluster.rows("rows.csv", 33, "acme");
    Files.writeString(rows, Files.readString(rows) + "10099999,33,acme\n");
    assertThat(cluster.command("update", rows.toString(), "--snapshot", "full", "-q").exitCode())
        .isEqualTo(1);
    int sent = cluster.updates();
    String plan =
        new TestProgram(home)
            .file(
                "plan.csv", "id,from,start,step,cap,workspace", "10000001,2026-01-01,10,1,40,acme")
            .toString();

    try (Worker worker = worker(home, new CopyOnWriteArrayList<>())) {
      cluster.done("retry", "1", "--detach", "-q");
      cluster.untilFinished(2);
      cluster.done("rollback", "1", "--detach", "--snapshot", "full", "-q");
      cluster.untilFinished(3);
      cluster.done("ramp", plan, "--allow-decrease", "--detach", "-q");
      cluster.untilFinished(4);
    }

    // The account of the failed row does not exist.
    assertThat(cluster.ask("SELECT exit_code FROM run WHERE id = 2")).isEqualTo("1");
    assertThat(cluster.done("show", "3")).contains("rollback of run 1");
    assertThat(cluster.ask("SELECT rows_ended FROM run_count WHERE run = 3 AND status = 'UPDATED'"))
        .isEqualTo("3");
    assertThat(cluster.ask("SELECT rows_ended FROM run_count WHERE run = 4 AND status = 'UPDATED'"))
        .isEqualTo("1");
    assertThat(cluster.updates()).isEqualTo(sent + 4);
  }

  private void addYearly(String... command) {
    List<String> arguments =
        new ArrayList<>(
            List.of("schedule", "add", "yearly", "--cron", "0 2 29 2 *", "--zone", "UTC", "--"));
    arguments.addAll(List.of(command));
    cluster.done(arguments.toArray(String[]::new));
  }

  @Test
  void missedTimesOfAScheduleAreCaughtUpOnce() throws Exception {
    addYearly("update", cluster.rows("rows.csv", 33, "acme").toString(), "-q");
    sql("UPDATE scheduled_tasks SET execution_time = execution_time - INTERVAL '20 years'");

    List<List<String>> commands = new CopyOnWriteArrayList<>();
    try (Worker worker = worker(home, commands)) {
      untilScheduleHasEnded();
    }

    assertThat(commands).hasSize(1);
    assertThat(cluster.ask("SELECT COUNT(*) FROM run")).isEqualTo("1");
    cluster.assertWhole(1, 33, "acme");
  }

  /** Otherwise, whoever goes on after 6 o'clock would have time until 6 o'clock tomorrow. */
  @Test
  void deadlinesOfAScheduleCountFromTheFirstStart() throws Exception {
    addYearly(
        "update", cluster.rows("rows.csv", 33, "acme").toString(), "-q", "--max-duration", "3h");
    cluster.done("schedule", "run", "yearly");
    List<List<String>> commands = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    String since;
    try (Worker first =
        Worker.start(
            "first",
            1,
            store,
            command -> {
              commands.add(command);
              begun.countDown();
              Latches.await(mayEnd);
              return ExitCode.SIGTERM.code();
            })) {
      Latches.await(begun);
      since = onRecord();
      mayEnd.countDown();
    }
    assertThat(onRecord()).isEqualTo(since);
    try (Worker second = worker(home, commands)) {
      untilScheduleHasEnded();
    }

    assertThat(commands).hasSize(2);
    assertThat(commands.get(1)).isEqualTo(commands.get(0)).contains("--since=" + since);
    assertThat(onRecord()).isNull();
    cluster.assertWhole(1, 33, "acme");
  }

  /** When the execution began that has not ended. */
  private String onRecord() throws SQLException {
    return cluster.ask(
        "SELECT CAST(convert_from(task_data, 'UTF8') AS JSON) ->> 'since' FROM scheduled_tasks");
  }

  /** The clock of this machine is a day ahead of that of the database. */
  @Test
  void clockOfTheDatabaseCounts() throws Exception {
    String database = cluster.ask("SELECT current_database()");
    sql("CREATE SCHEMA late");
    sql(
        "CREATE FUNCTION late.clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE sql AS"
            + " 'SELECT pg_catalog.clock_timestamp() - INTERVAL ''1 day'''");
    sql("ALTER DATABASE " + database + " SET search_path = public, late, pg_catalog");
    store.close();
    store = StateStore.openToRead(PostgresAddress.of(cluster.url, null), home.resolve("worker"));
    cluster.done("update", cluster.rows("rows.csv", 33, "acme").toString(), "--detach", "-q");
    assertThat(
            cluster.ask(
                "SELECT execution_time < clock_timestamp() + INTERVAL '1 hour'"
                    + " FROM scheduled_tasks"))
        .isEqualTo("t");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (Worker worker =
        Worker.start(
            "worker",
            1,
            store,
            command -> {
              begun.countDown();
              Latches.await(mayEnd);
              return execute(home, command);
            })) {
      Latches.await(begun);
      assertThat(
              cluster.ask(
                  "SELECT last_heartbeat < clock_timestamp() + INTERVAL '1 hour'"
                      + " FROM scheduled_tasks"))
          .isEqualTo("t");
      mayEnd.countDown();
      cluster.untilFinished(1);
    }
    cluster.assertWhole(1, 33, "acme");
  }
}
