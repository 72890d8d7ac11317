package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cron sends a mail for every line: with {@code -q} there is none when all is well. */
class QuietTest {

  private static final Ended SILENCE = new Ended(0, "", "");
  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).onTerminal(80);
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",6");
    program.file("other.csv", "id,from_name", FIRST + ",Ann");
  }

  private static Sandbox sandbox(String faults) throws IOException {
    return Sandbox.start(
        new SandboxSettings(
            0, 1_000, List.of(), Duration.ZERO, FaultPlan.parse(faults), null, 1, null));
  }

  private Ended quietly(Sandbox sandbox, String... arguments) {
    return quietly(sandbox.baseUrl().toString(), arguments);
  }

  private Ended quietly(String url, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-q", "--rate", "unlimited", "--base-url", url));
    return program.with("SMARTLEAD_API_KEY", "key").run(all.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "full"})
  void plansUpdatesAndRollbacksAreSilent(String snapshot) throws IOException {
    try (Sandbox sandbox = sandbox("none")) {
      assertThat(quietly(sandbox, "plan", "rows.csv", "--snapshot", snapshot)).isEqualTo(SILENCE);
      assertThat(quietly(sandbox, "update", "rows.csv", "--snapshot", snapshot)).isEqualTo(SILENCE);
      assertThat(quietly(sandbox, "rollback", "2", "--snapshot", snapshot)).isEqualTo(SILENCE);
    }
  }

  @Test
  void theEmbeddedSandboxIsSilent() throws IOException {
    program.withConfig("quiet = true");

    assertThat(program.run("update", "rows.csv", "--sandbox")).isEqualTo(SILENCE);
    assertThat(program.run("update", "rows.csv", "--sandbox", "-q")).isEqualTo(SILENCE);
    assertThat(program.run("rollback", "1", "--force")).isEqualTo(SILENCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update rows.csv --resume-stale", "resume 1 --resume-stale"})
  void resumedRunsAreSilentWhateverHasHappenedSince(String command) throws IOException {
    try (StableAddress address = new StableAddress()) {
      try (Sandbox refusing = address.of(sandbox("401:100%"))) {
        assertThat(quietly(address.url(), "update", "rows.csv").exitCode()).isEqualTo(3);
      }
      try (Sandbox sandbox = address.of(sandbox("none"))) {
        assertThat(quietly(address.url(), "update", "other.csv")).isEqualTo(SILENCE);
        assertThat(quietly(address.url(), command.split(" "))).isEqualTo(SILENCE);
      }
    }
  }

  @Test
  void retriesAreSilent() throws IOException {
    try (StableAddress address = new StableAddress()) {
      try (Sandbox away = address.of(sandbox("400:100%"))) {
        assertThat(quietly(address.url(), "update", "rows.csv", "--snapshot", "none").exitCode())
            .isEqualTo(1);
      }
      try (Sandbox sandbox = address.of(sandbox("none"))) {
        assertThat(quietly(address.url(), "retry", "1")).isEqualTo(SILENCE);
      }
    }
  }

  @Test
  void whatIsNotWellIsToldAsEver() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",many");

    Ended update = program.run("update", "rows.csv", "--sandbox", "-q");
    assertThat(update.exitCode()).isEqualTo(1);
    assertThat(update.err())
        .contains(" line 3, account 10000002: max_email_per_day: found \"many\"");
    assertThat(update.err().lines()).hasSize(1);
    assertThat(update.out()).startsWith("Run 1 finished: rows.csv");

    Ended plan = program.run("plan", "rows.csv", "--sandbox", "-q");
    assertThat(plan.exitCode()).isEqualTo(1);
    assertThat(plan.err().lines()).hasSize(1);
    assertThat(plan.out()).startsWith("Plan 2 finished: rows.csv").doesNotContain("→");

    Ended refused = program.run("update", "rows.csv", "--sandbox", "-q", "--strict");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("line 3").contains(" 1 of 2 rows is invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate rows.csv",
        "validate doubtful.csv",
        "plan doubtful.csv --sandbox",
        "update doubtful.csv --sandbox",
        "preview rows.csv --account 10000001 --set signature=hello --out page.html",
        "ramp ramp.csv --sandbox --date 2026-11-26",
        "export --sandbox --out all.csv --allow-zero --fields bcc",
        "prune --older-than 90d",
      })
  void everyCommandIsSilentIfAllIsWell(String command) throws IOException {
    program.file("doubtful.csv", "id,signature", FIRST + ",Hi {{name");
    program.file("ramp.csv", "id,from,start,step,cap", FIRST + ",2026-11-01,50,5,60");

    assertThat(program.run((command + " -q").split(" "))).isEqualTo(SILENCE);
  }

  /** Exit 0, but something was left undone, and nobody would ever hear of it. */
  @Test
  void whatWasLeftUndoneIsTold() throws IOException {
    try (StableAddress address = new StableAddress()) {
      program.file("later.csv", "id,max_email_per_day", FIRST + ",7");
      program.file("third.csv", "id,bcc", (FIRST + 2) + ",a@example.com");
      try (Sandbox refusing = address.of(sandbox("401:100%"))) {
        quietly(address.url(), "update", "third.csv");
        quietly(address.url(), "update", "rows.csv");
      }
      try (Sandbox sandbox = address.of(sandbox("none"))) {
        assertThat(quietly(address.url(), "update", "later.csv")).isEqualTo(SILENCE);
        Ended resumed = quietly(address.url(), "resume");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).isEmpty();
        assertThat(resumed.err().lines())
            .singleElement()
            .asString()
            .contains("run 2 is superseded and is not resumed: ");
      }
    }
  }

  @Test
  void warningsThatCameBeforeAnErrorAreTold() throws IOException {
    try (Sandbox refusing = sandbox("401:100%")) {
      quietly(refusing, "update", "rows.csv");
      quietly(refusing, "update", "other.csv");

      Ended ended = quietly(refusing, "rollback", "1");

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err())
          .contains("error: run 1 has changed nothing")
          .contains("run 1 is unfinished");
    }
  }
}
