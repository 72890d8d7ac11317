package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code runs}, {@code show}, {@code retry} and {@code prune}. */
class HistoryCommandsTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    program.file(
        "rows.csv", "id,max_email_per_day", FIRST + ",5", "77,6", (FIRST + 1) + ",many", "78,7");
  }

  private Ended update(Sandbox sandbox, String... command) {
    return update(sandbox.baseUrl().toString(), command);
  }

  private Ended update(String url, String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + 4);
    all[command.length] = "--base-url";
    all[command.length + 1] = url;
    all[command.length + 2] = "--rate";
    all[command.length + 3] = "unlimited";
    return program.run(all);
  }

  private static Sandbox sandbox(String faults) throws IOException {
    return Sandbox.start(
        new SandboxSettings(
            0, 10, List.of(), Duration.ZERO, FaultPlan.parse(faults), null, 1, null));
  }

  @Test
  void retryTakesUpTheFailedRowsAndTheFirstRunTellsWhatBecameOfThem() throws IOException {
    try (Sandbox sandbox = sandbox("none")) {
      update(sandbox, "update", "rows.csv");

      Ended ended = update(sandbox, "retry", "1");

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(Files.readString(program.runFile(2, "input.csv")))
          .isEqualTo(
              """
              id,max_email_per_day,_status,_message
              77,6,failed,Email account not found
              78,7,failed,Email account not found
              """);
      assertThat(program.run("show", "1").out()).contains("retry in run 2 (finished): 2 failed");
      assertThat(program.run("show", "2").out()).contains("retry of run 1");
    }
  }

  @Test
  void retryTakesOnlyWhatIsWanted() throws IOException {
    try (Sandbox sandbox = sandbox("none")) {
      update(sandbox, "update", "rows.csv");

      assertThat(update(sandbox, "retry", "1", "--only", "uncertain").err())
          .isEqualTo("error: run 1 has no matching rows" + System.lineSeparator());
      assertThat(update(sandbox, "retry", "1", "--only", "500").exitCode()).isEqualTo(2);
      assertThat(update(sandbox, "retry", "1", "--only", "404").exitCode()).isEqualTo(1);
      assertThat(update(sandbox, "retry", "1", "--only", "all").err())
          .contains("--only: found \"all\", expected failed, uncertain or an HTTP status");
    }
  }

  @Test
  void uncertainRowsAreUpdatedByARetry() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5");
    try (StableAddress address = new StableAddress()) {
      String[] update = {"update", "rows.csv", "--max-attempts", "2", "--snapshot", "none"};
      try (Sandbox mute = address.of(sandbox("empty:100%"))) {
        assertThat(update(address.url(), update).exitCode()).isEqualTo(1);
      }
      assertThat(Files.readString(program.runFile(1, "results.csv")))
          .contains("1,2," + FIRST + ",uncertain,max_email_per_day,200,2,");
      try (Sandbox talking = address.of(sandbox("none"))) {
        assertThat(update(address.url(), "retry", "1").exitCode()).isZero();
      }
    }
    assertThat(Files.readString(program.runFile(2, "results.csv")))
        .contains("1,2," + FIRST + ",updated,max_email_per_day,200,1,");
  }

  @Test
  void showFindsAnAccountOverAllRuns() throws IOException {
    try (Sandbox sandbox = sandbox("none")) {
      update(sandbox, "update", "rows.csv");
      update(sandbox, "update", "rows.csv", "--force");
    }

    assertThat(program.run("show", "--account", "77").out().lines().skip(2))
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    "\\S+ \\S+ \\S+ +[12]  update   -      -          failed: Email account not found"));
    assertThat(program.run("show", "2", "--account", "77", "--json").out())
        .contains("\"line\" : 3")
        .containsOnlyOnce("\"message\" : \"Email account not found\"");
    JsonNode rows =
        JsonMapper.shared()
            .readTree(program.run("show", "2", "--account", "" + FIRST, "--json").out());
    assertThat(rows).hasSize(1);
    assertThat(rows.at("/0/status").stringValue()).isEqualTo("updated");
    assertThat(rows.at("/0/changed_fields/0").stringValue()).isEqualTo("max_email_per_day");
    assertThat(program.run("show", "1", "--status", "invalid").out())
        .startsWith(
            "run 1, line 4, account " + (FIRST + 1) + ": invalid: max_email_per_day: found");
    assertThat(program.run("show", "1", "--status", "uncertain").out())
        .isEqualTo("There are no matching rows." + System.lineSeparator());
  }

  @Test
  void runsAreListedAndPruned() throws IOException {
    try (Sandbox sandbox = sandbox("none")) {
      update(sandbox, "update", "rows.csv");
      update(sandbox, "update", "rows.csv", "--force");
    }

    assertThat(program.run("prune", "--older-than", "1d").out())
        .isEqualTo("There are no runs that old." + System.lineSeparator());
    assertThat(program.run("prune", "--older-than", "0s").out())
        .isEqualTo("Deleted 2 runs: 1, 2" + System.lineSeparator());
    assertThat(program.runFile(1, "results.csv").getParent()).doesNotExist();
    assertThat(JsonMapper.shared().readTree(program.run("runs", "--json").out())).isEmpty();
    try (Sandbox sandbox = sandbox("none")) {
      assertThat(update(sandbox, "update", "rows.csv").out()).startsWith("Run 3 finished");
    }
    assertThat(
            JsonMapper.shared()
                .readTree(program.run("runs", "--json").out())
                .at("/0/run")
                .intValue())
        .isEqualTo(3);
  }
}
