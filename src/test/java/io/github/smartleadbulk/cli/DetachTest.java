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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that commands leave to workers: what the commands say, and what the workers are told. */
@Timeout(120)
final class DetachTest {

  private static final RateWindow WINDOW = RateWindow.parseAll("100/s").get(0);

  @TempDir private Path home;
  private Cluster cluster;
  private String rows;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(home, TestPostgres.newDatabase(), 3, Duration.ZERO, WINDOW);
    rows = cluster.rows("rows.csv", 33, "acme").toString();
    cluster.done("runs");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  /**
   * The options of the command with which a worker takes up a run, without the time since when its
   * deadlines count.
   */
  private List<String> queued(int run) throws SQLException {
    String data =
        cluster.ask(
            "SELECT convert_from(task_data, 'UTF8') FROM scheduled_tasks WHERE task_instance = ?",
            Integer.toString(run));
    List<String> options = new ArrayList<>();
    for (JsonNode option : JsonMapper.shared().readTree(data).get("options")) {
      options.add(option.asString());
    }
    assertThat(options).filteredOn(option -> option.startsWith("--since=")).hasSize(1);
    options.removeIf(option -> option.startsWith("--since="));
    return options;
  }

  private void assertRefused(Ended ended, String message) throws SQLException {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains(message).doesNotContain("bug");
    assertThat(cluster.updates()).isZero();
    assertThat(cluster.ask("SELECT COUNT(*) FROM scheduled_tasks")).isEqualTo("0");
  }

  @Test
  void detachedRunIsQueuedAndNothingIsSent() throws Exception {
    String told = cluster.done("update", rows, "--detach");

    assertThat(told)
        .startsWith("Run 1 waits for a worker.\n")
        .contains("./run.sh show 1")
        .contains("./run.sh results 1 --out run-1");
    assertThat(cluster.updates()).isZero();
    assertThat(cluster.done("runs")).contains("queued");
    assertThat(cluster.done("runs", "--json")).contains("\"queued\"");
    assertThat(cluster.done("show", "1"))
        .startsWith("Run 1 queued")
        .contains("  0 calls\n")
        .doesNotContain("calls in");
    assertThat(cluster.command("status").out()).contains("queued");
    assertThat(cluster.done("results", "1", "--out", home.resolve("files").toString()))
        .contains("files");
  }

  @Test
  void jsonAndQuiet() throws Exception {
    assertThat(cluster.done("update", rows, "--detach", "--json"))
        .isEqualTo("{\"run\":1,\"status\":\"queued\"}\n");
    assertThat(cluster.done("update", rows, "--detach", "-q")).isEmpty();
    // It is the same run.
    assertThat(cluster.ask("SELECT COUNT(*) FROM run")).isEqualTo("1");
    assertThat(cluster.ask("SELECT COUNT(*) FROM scheduled_tasks")).isEqualTo("1");
  }

  /** Otherwise the worker would use the settings of another client. */
  @Test
  void profileReachesTheWorkerHoweverItWasChosen() throws Exception {
    Files.writeString(home.resolve("config/client-a.properties"), "max-attempts = 3\n");

    cluster.done("update", rows, "--detach", "--profile", "client-a");
    assertThat(queued(1)).containsExactly("--profile=client-a");
    assertThat(cluster.command("resume", "1", "--detach").err()).contains("the profile client-a");

    Ended ended =
        new TestProgram(home)
            .with("SMARTLEAD_STATE_URL", cluster.url)
            .with("SMARTLEAD_PROFILE", "client-a")
            .run("update", cluster.rows("more.csv", 34, "acme").toString(), "--detach");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(queued(2)).containsExactly("--profile=client-a");
  }

  @Test
  void optionsOfTheRunReachTheWorkerAndThoseOfTheCommandLineDoNot() throws Exception {
    new TestProgram(home).file("alone.csv", "id,max_email_per_day", "10000001,33");
    cluster.done(
        "update",
        home.resolve("alone.csv").toString(),
        "--detach",
        "--base-url",
        cluster.baseUrl("acme"),
        "--yes",
        "--wait",
        "1m",
        "-q",
        "--no-color",
        "--verbose",
        "--api-key-file",
        home.resolve("acme.key").toString(),
        "--rate",
        "5/s",
        "--reserve",
        "10",
        "--concurrency",
        "2",
        "--max-attempts=3",
        "--timeout",
        "7s",
        "--max-outage",
        "8m",
        "--strict",
        "--canary",
        "1",
        "--max-failures",
        "5%",
        "--max-changes",
        "10",
        "--max-increase",
        "50",
        "--max-duration",
        "3h",
        "--time-zone",
        "Europe/Berlin",
        "--snapshot",
        "full",
        "--snapshot-age",
        "1m",
        "--notify-format",
        "slack");

    assertThat(queued(1))
        .containsExactlyInAnyOrder(
            "--base-url=" + cluster.baseUrl("acme"),
            "--rate=5/s",
            "--reserve=10",
            "--concurrency=2",
            "--max-attempts=3",
            "--timeout=7s",
            "--max-outage=8m",
            "--strict=true",
            "--canary=1",
            "--max-failures=5%",
            "--max-changes=10",
            "--max-increase=50",
            "--max-duration=3h",
            "--time-zone=Europe/Berlin",
            "--snapshot=full",
            "--snapshot-age=1m",
            "--notify-format=slack");
  }

  @Test
  void laterOptionsReplaceThoseOfARunThatWaits() throws Exception {
    cluster.done("update", rows, "--detach", "-q", "--concurrency", "2");
    cluster.done("resume", "1", "--detach", "-q", "--concurrency", "3");

    assertThat(queued(1)).containsExactly("--concurrency=3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--dry-run",
        "--results r.csv",
        "--html p.html",
        "--metrics-file m.prom",
        "--sandbox"
      })
  void whatOnlyThisMachineCanDoIsRefused(String option) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("update", rows, "--detach"));
    arguments.addAll(List.of(option.split(" ")));

    assertRefused(cluster.command(arguments.toArray(String[]::new)), "--detach");
  }

  /** The URL is a secret, and everybody who uses the database could read it. */
  @Test
  void urlOfAWebhookIsRefusedOnTheCommandLineAndOtherwiseNotKept() throws Exception {
    assertRefused(
        cluster.command("update", rows, "--detach", "--notify", "http://127.0.0.1:9/secret"),
        "Set SMARTLEAD_NOTIFY where the workers run");

    Ended detached =
        new TestProgram(home)
            .with("SMARTLEAD_STATE_URL", cluster.url)
            .with("SMARTLEAD_STATE_DIR", home.resolve("office").toString())
            .with("SMARTLEAD_NOTIFY", "http://127.0.0.1:9/secret")
            .run("update", rows, "--detach");
    assertThat(detached.exitCode()).as(detached.err()).isZero();
    assertThat(queued(1)).isEmpty();
  }

  @Test
  void withoutASharedStateItIsRefused() throws Exception {
    Ended ended = new TestProgram(home).run("update", rows, "--detach");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("--state-url").contains("SMARTLEAD_STATE_URL");
    for (String command : List.of("worker", "stop 1", "schedule list")) {
      Ended other = new TestProgram(home).run(command.split(" "));
      assertThat(other.exitCode()).as(command).isEqualTo(2);
      assertThat(other.err()).contains("--state-url");
    }
  }

  @Test
  void runThatWaitsCanBeStoppedAndOneOnWhichNobodyWorksCannot() throws Exception {
    cluster.done("update", rows, "--detach", "-q");

    assertThat(cluster.done("stop", "1"))
        .startsWith("Run 1 does not wait for a worker any more.\n");
    assertThat(cluster.ask("SELECT COUNT(*) FROM scheduled_tasks")).isEqualTo("0");
    assertThat(cluster.done("runs")).doesNotContain("queued");
    assertRefused(cluster.command("stop", "1"), "nobody works on it");
    assertRefused(cluster.command("stop", "7"), "there is no run 7");

    cluster.done("resume", "1", "-q");
    cluster.assertWhole(1, 33, "acme");
    Ended finished = cluster.command("stop", "1");
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err()).contains("run 1 is finished: nobody works on it");
  }

  @Test
  void followUpsAndRampsAreLeftToWorkersToo() throws Exception {
    cluster.done("update", rows, "--snapshot", "full", "-q");
    int sent = cluster.updates();
    new TestProgram(home)
        .file("plan.csv", "id,from,start,step,cap,workspace", "10000001,2026-01-01,10,1,40,acme");

    assertThat(cluster.done("rollback", "1", "--detach", "--force")).startsWith("Run 2 waits");
    assertThat(cluster.done("stop", "2")).contains("Run 2");
    assertThat(
            cluster.done(
                "ramp", home.resolve("plan.csv").toString(), "--workspace", "acme", "--detach"))
        .startsWith("Run 3 waits");
    assertThat(cluster.done("stop", "3")).contains("Run 3");
    assertThat(cluster.done("resume", "3", "--detach")).startsWith("Run 3 waits");
    assertThat(cluster.updates()).isEqualTo(sent);
  }
}
