package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatusCommandTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5");
    program.file("more.csv", "id,max_email_per_day", FIRST + ",6", (FIRST + 1) + ",7");
    program.file("ramp.csv", "email_account_id,from,start,step,cap", FIRST + ",2026-11-01,10,1,50");
  }

  private static Sandbox sandbox(int accounts) throws IOException {
    return Sandbox.start(
        new SandboxSettings(
            0, accounts, List.of(), Duration.ZERO, FaultPlan.parse("none"), null, 1, null));
  }

  private int run(String url, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--base-url";
    all[arguments.length + 1] = url;
    return program.run(all).exitCode();
  }

  private static String first(Ended ended) {
    return ended.out().lines().findFirst().orElse("");
  }

  private JsonNode json(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return JsonMapper.shared().readTree(program.run(all).out());
  }

  @Test
  void withoutRunsAllIsWellUnlessOneIsExpected() {
    Ended any = program.run("status");
    Ended inTime = program.run("status", "--within", "26h");
    Ended ramp = program.run("status", "--command", "ramp");

    assertThat(any.exitCode()).isZero();
    assertThat(any.out()).isEqualToNormalizingNewlines("OK: there is no run yet\n");
    assertThat(inTime.exitCode()).isEqualTo(1);
    assertThat(inTime.out()).isEqualToNormalizingNewlines("LATE: there is no run\n");
    assertThat(ramp.exitCode()).isEqualTo(1);
    assertThat(ramp.out()).isEqualToNormalizingNewlines("LATE: there is no run of ramp\n");
  }

  @Test
  void aSuccessIsWellUntilItIsTooOld() {
    assertThat(program.run("update", "rows.csv", "--sandbox").exitCode()).isZero();
    assertThat(program.run("ramp", "ramp.csv", "--sandbox").exitCode()).isZero();

    assertThat(first(program.run("status"))).startsWith("OK: run 2 (ramp) finished ");
    assertThat(program.run("status", "--within", "1d", "-q")).isEqualTo(new Ended(0, "", ""));
    program.by(Clock.offset(Clock.systemUTC(), Duration.ofHours(30)));
    Ended late = program.run("status", "--within", "26h", "-q");
    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(first(late))
        .isEqualTo(
            "LATE: the last success was 30 h 00 min ago, which is longer ago than 26 h 00 min");
    assertThat(json("status", "--within", "26h").at("/verdict").stringValue()).isEqualTo("late");
    assertThat(program.run("status").exitCode()).isZero();
  }

  @Test
  void aCommandAndAFileChooseTheRuns() {
    program.run("update", "rows.csv", "--sandbox");
    program.run("update", "more.csv", "--sandbox");
    program.run("ramp", "ramp.csv", "--sandbox");
    program.run("plan", "rows.csv", "--sandbox");

    assertThat(first(program.run("status", "--command", "update"))).contains("run 2 (update)");
    assertThat(first(program.run("status", "--file", "rows.csv"))).contains("run 1 (update)");
    assertThat(first(program.run("status", "--file", "ramp.csv"))).contains("run 3 (ramp)");
    assertThat(first(program.run("status", "--file", "ramp.csv", "--command", "update")))
        .isEqualTo("LATE: there is no run of update with ramp.csv");
    // A plan changes nothing, so it is no answer to "did it run?".
    assertThat(first(program.run("status"))).contains("run 3 (ramp)");
    assertThat(first(program.run("status", "--command", "plan"))).contains("run 4 (plan)");
  }

  @Test
  void rowsThatNeedAttentionAreAFailureUntilARetryHasDoneThemAll() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 50) + ",5");
    try (StableAddress address = new StableAddress()) {
      try (Sandbox refusing = address.of(sandbox(10))) {
        assertThat(run(address.url(), "update", "rows.csv")).isEqualTo(1);
        Ended failed = program.run("status");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(first(failed))
            .startsWith("FAILED: run 1 (update) finished ")
            .endsWith("(1 updated, 1 failed)");
        assertThat(failed.out()).contains("next step    ./run.sh retry 1");
        assertThat(run(address.url(), "retry", "1")).isEqualTo(1);
        assertThat(program.run("status", "--command", "update").exitCode()).isEqualTo(1);
      }
      try (Sandbox willing = address.of(sandbox(100))) {
        assertThat(run(address.url(), "retry", "2")).isZero();
      }
    }

    Ended ended = program.run("status", "--command", "update", "--within", "1h");
    assertThat(ended.exitCode()).as(ended.out()).isZero();
  }

  @Test
  void invalidRowsAreAFailureThatNoRetryMends() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",many");
    program.run("update", "rows.csv", "--sandbox");

    assertThat(first(program.run("status"))).startsWith("FAILED").contains("1 updated, 1 invalid");
    assertThat(program.run("status").out()).contains("next step    ./run.sh show 1");
  }

  @Test
  void anUnfinishedRunIsNotWellAndIsSaidToBeSuperseded() throws IOException {
    try (Sandbox sandbox = sandbox(10)) {
      String url = sandbox.baseUrl().toString();
      assertThat(run(url, "update", "more.csv", "--max-changes", "1")).isEqualTo(4);

      Ended unfinished = program.run("status");

      assertThat(unfinished.exitCode()).isEqualTo(1);
      assertThat(first(unfinished)).startsWith("UNFINISHED: run 1 (update) was stopped (2 open): ");
      assertThat(unfinished.out()).contains("next step    ./run.sh show 1");
      assertThat(run(url, "update", "rows.csv")).isZero();
      assertThat(program.run("status").exitCode()).isZero();
      assertThat(program.run("status").out())
          .contains(
              "unfinished   run 1 (update) of more.csv (2 open), superseded: run 2 has set the same"
                  + " fields in 1 of the rows that are left");
      assertThat(json("status").at("/unfinished/0/superseded").stringValue()).contains("run 2");
      Ended show = program.run("show", "1");
      assertThat(show.out())
          .contains("superseded run 2 has set the same fields")
          .contains("guards     --max-changes 1")
          .contains("./run.sh resume 1 --resume-stale");
    }
  }

  /** Also the calls of commands that are not runs count. */
  @Test
  void theWindowsOfTheKeyAreTold() throws IOException {
    try (Sandbox sandbox = sandbox(10)) {
      String url = sandbox.baseUrl().toString();
      assertThat(run(url, "update", "rows.csv", "--rate", "100/h", "--reserve", "0")).isZero();
      long calls = json("runs").at("/0/calls").longValue();

      JsonNode status = json("status", "--rate", "100/h,2000/2h", "--reserve", "50");

      assertThat(status.at("/target").stringValue()).isEqualTo(url);
      assertThat(status.at("/windows/0/window").stringValue()).isEqualTo("50/h");
      assertThat(status.at("/windows/0/used").longValue()).isEqualTo(calls);
      assertThat(status.at("/windows/0/left").longValue()).isEqualTo(50 - calls);
      assertThat(status.at("/windows/1/left").longValue()).isEqualTo(1000 - calls);
      assertThat(program.run("status", "--rate", "100/h", "--reserve", "0").out())
          .contains("window       100/h: %d of 100 calls left".formatted(100 - calls))
          .contains("next call    now, to " + url);

      assertThat(run(url, "export", "--rate", "100/h")).isZero();
      assertThat(json("status", "--rate", "100/h").at("/windows/0/used").longValue())
          .isGreaterThan(calls);
      assertThat(json("status", "--rate", "unlimited").at("/windows")).isEmpty();
    }
  }

  @Test
  void aFullWindowSaysWhenTheNextCallCouldGo() throws IOException {
    try (Sandbox sandbox = sandbox(10)) {
      run(sandbox.baseUrl().toString(), "update", "rows.csv", "--rate", "100/h");
    }
    Instant now = Instant.now();
    program.by(Clock.fixed(now, ZoneOffset.UTC));

    JsonNode status = json("status", "--rate", "1/h", "--reserve", "0");

    assertThat(status.at("/windows/0/left").longValue()).isZero();
    assertThat(Instant.parse(status.at("/next_call_at").stringValue()))
        .isAfter(now.plus(Duration.ofMinutes(50)))
        .isBefore(now.plus(Duration.ofMinutes(61)));
    assertThat(program.run("status", "--rate", "1/h").out())
        .contains("window       1/h: 0 of 1 calls left")
        .doesNotContain("next call    now");
  }

  /** Another key has its own limits. */
  @Test
  void theKeyOfTheEnvironmentCountsElseThatOfTheLastRun() throws IOException {
    try (Sandbox sandbox = sandbox(10)) {
      run(sandbox.baseUrl().toString(), "update", "rows.csv", "--rate", "100/h");
    }

    assertThat(json("status").at("/windows/0/used").longValue()).isPositive();
    program.with("SMARTLEAD_API_KEY", "");
    assertThat(json("status").at("/windows/2/used").longValue()).isPositive();
    program.with("SMARTLEAD_API_KEY", "other");
    assertThat(json("status").at("/windows/2/used").longValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "show 1", "show --account 5", "status"})
  void aStateFolderThatIsNamedMustBeOne(String command) throws IOException {
    Files.createDirectory(home.resolve("empty"));
    Files.createDirectory(home.resolve("others"));
    Files.writeString(home.resolve("others/notes.txt"), "x");

    for (String folder : List.of("missing", "empty", "others", "rows.csv")) {
      Ended ended = program.run((command + " --state-dir " + folder).split(" "));
      assertThat(ended.exitCode()).as(folder).isEqualTo(2);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err())
          .startsWith("error: ")
          .contains(home.resolve(folder).toString())
          .doesNotContain("no runs yet");
    }
    program.with("SMARTLEAD_STATE_DIR", home.resolve("missing").toString());
    Ended variable = program.run(command.split(" "));
    assertThat(variable.exitCode()).isEqualTo(2);
    assertThat(variable.err())
        .isEqualToNormalizingNewlines(
            "error: the state folder %s does not exist. Check --state-dir or SMARTLEAD_STATE_DIR.\n"
                .formatted(home.resolve("missing")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state-dir = missing", "state-dir = rows.csv"})
  void aStateFolderOfTheConfigFileMustBeOne(String line) throws IOException {
    program.withConfig(line);

    assertThat(program.run("runs").exitCode()).isEqualTo(2);
  }

  @Test
  void theDefaultFolderMayNotBeThereYetButMustBeAFolder() throws IOException {
    assertThat(program.run("runs").exitCode()).isZero();
    assertThat(program.run("runs").out()).startsWith("There are no runs yet.");
    Files.writeString(home.resolve("var"), "x");
    assertThat(program.run("runs").exitCode()).isEqualTo(2);
    assertThat(program.run("status").exitCode()).isEqualTo(2);
  }
}
