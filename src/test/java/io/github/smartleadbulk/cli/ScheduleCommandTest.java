package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import tools.jackson.databind.json.JsonMapper;

/** What {@code schedule} accepts and shows. No worker is there. */
@Timeout(120)
final class ScheduleCommandTest {

  private static final RateWindow WINDOW = RateWindow.parseAll("100/s").get(0);

  @TempDir private Path home;
  private Cluster cluster;
  private String rows;

  @BeforeEach
  void start() throws IOException {
    cluster = new Cluster(home, TestPostgres.newDatabase(), 3, Duration.ZERO, WINDOW);
    rows = cluster.rows("rows.csv", 33, "acme").toString();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private String content() throws SQLException {
    return cluster.ask(
        "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM scheduled_tasks t");
  }

  private String file() throws SQLException {
    String data = cluster.ask("SELECT convert_from(task_data, 'UTF8') FROM scheduled_tasks");
    return new String(
        JsonMapper.shared().readTree(data).get("content").binaryValue(), StandardCharsets.UTF_8);
  }

  private void assertRefused(String message, String... arguments) throws SQLException {
    String before = content();
    Ended ended = cluster.command(arguments);
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains(message).doesNotContain("bug");
    assertThat(content()).isEqualTo(before);
  }

  private void add(String name) {
    add(name, List.of(), "update", rows);
  }

  private void add(String name, List<String> options, String... command) {
    List<String> words =
        new ArrayList<>(List.of("schedule", "add", name, "--cron", "0 3 * * *", "--zone", "UTC"));
    words.addAll(options);
    words.add("--");
    words.addAll(List.of(command));
    cluster.done(words.toArray(String[]::new));
  }

  @Test
  void scheduleIsAddedListedUpdatedAndRemoved() throws Exception {
    String told =
        cluster.done(
            "schedule",
            "add",
            "nightly",
            "--cron",
            "0 2 * * *",
            "--zone",
            "Europe/Berlin",
            "--",
            "update",
            rows,
            "--max-changes",
            "10%",
            "-q");
    assertThat(told).matches("Next: \\d{4}-\\d\\d-\\d\\d 02:00 \\+0[12]:00\n");
    add("another");

    assertThat(cluster.done("schedule", "list").lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("NAME"),
            line -> assertThat(line).contains("another", "UTC"),
            line ->
                assertThat(line)
                    .contains(
                        "nightly", "0 2 * * *", "Europe/Berlin", "02:00", "--max-changes 10%"));

    cluster.done("schedule", "remove", "another");
    assertThat(cluster.done("schedule", "list")).doesNotContain("another");

    cluster.done("schedule", "update", "nightly", "--cron", "15 4 * * 1-5");
    assertThat(cluster.done("schedule", "list"))
        .contains("15 4 * * 1-5", "Europe/Berlin", "--max-changes 10%");
  }

  @Test
  void commandKeepsTheProfileWithWhichItIsAdded() throws Exception {
    Path config = home.resolve("config");
    Files.writeString(config.resolve("client-a.properties"), "");
    Files.writeString(config.resolve("client-b.properties"), "");
    List<String> profile = List.of("--profile", "client-a");
    add("one", profile, "update", rows);
    add("two", profile, "update", rows, "--profile=client-b");

    assertThat(cluster.done("schedule", "list"))
        .contains("update --profile=client-a " + rows, "update " + rows + " --profile=client-b");
  }

  @Test
  void skippedTimeIsTold() {
    Ended ended =
        cluster.command(
            "schedule",
            "add",
            "nightly",
            "--cron",
            "30 2 * * *",
            "--zone",
            "Europe/Berlin",
            "--",
            "update",
            rows);

    assertThat(ended.err()).contains("the clocks skip from 02:00 to 03:00");
  }

  @Test
  void newContentOfTheFileCountsOnlyAfterAnUpdate() throws Exception {
    add("nightly");
    String first = file();
    cluster.rows("rows.csv", 44, "acme");
    assertThat(file()).isEqualTo(first).contains(",33,");

    cluster.done("schedule", "update", "nightly");

    assertThat(file()).contains(",44,").doesNotContain(",33,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "0 2 * *", "61 2 * * *", "0 0 30 2 *", "nightly"})
  void timesThatAreNotValidAreRefused(String cron) throws Exception {
    add("present");
    assertRefused(
        "--cron",
        "schedule",
        "add",
        "nightly",
        "--cron",
        cron,
        "--zone",
        "UTC",
        "--",
        "update",
        rows);
    assertRefused("--cron", "schedule", "update", "present", "--cron", cron);
  }

  @Test
  void mistakesChangeNothing() throws Exception {
    add("present");
    String[] times = {"--cron", "0 2 * * *"};
    for (String zone : List.of("Berlin", "Europe/Berln")) {
      assertRefused(
          "zone", "schedule", "add", "n", times[0], times[1], "--zone", zone, "--", "update", rows);
    }
    for (String name : List.of("a b", "../up", "", "x".repeat(41))) {
      assertRefused("NAME", "schedule", "add", name, times[0], times[1], "--", "update", rows);
    }
    assertRefused(
        "already", "schedule", "add", "present", times[0], times[1], "--", "update", rows);
    assertRefused("expected --cron", "schedule", "add", "n", times[0], times[1]);
    assertRefused("expected --cron", "schedule", "add", "n", "--", "update", rows);
    assertRefused(
        "cannot be scheduled", "schedule", "add", "n", times[0], times[1], "--", "worker");
    assertRefused(
        "not valid", "schedule", "add", "n", times[0], times[1], "--", "update", "--nope");
    assertRefused(
        "none.csv", "schedule", "add", "n", times[0], times[1], "--", "update", "none.csv");
    assertRefused(
        "standard input", "schedule", "add", "n", times[0], times[1], "--", "update", "-");
    assertRefused(
        "--state-url",
        "schedule",
        "add",
        "n",
        times[0],
        times[1],
        "--",
        "update",
        rows,
        "--state-url",
        "x");
    assertRefused(
        "SMARTLEAD_NOTIFY",
        "schedule",
        "add",
        "n",
        times[0],
        times[1],
        "--",
        "update",
        rows,
        "--notify",
        "http://127.0.0.1:9/secret");
    assertRefused("there is no schedule n", "schedule", "update", "n");
    assertRefused("there is no schedule n", "schedule", "run", "n");
    assertRefused("there is no schedule n", "schedule", "remove", "n");
    assertRefused("only go with add", "schedule", "list", times[0], times[1]);
    assertRefused("ACTION", "schedule", "delete", "present");
  }

  @Test
  void commandWithoutAFileCanBeScheduled() {
    cluster.done(
        "schedule", "add", "clean", "--cron", "0 5 * * 0", "--", "prune", "--older-than", "90d");

    assertThat(cluster.done("schedule", "list")).contains("prune --older-than 90d");
  }
}
