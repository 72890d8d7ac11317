package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code runs} and {@code show} say about runs and accounts. */
class HistoryAnswersTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  private TestProgram program;
  private Sandbox sandbox;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", "77,6");
    program.file("ramp.csv", "email_account_id,from,start,step,cap", FIRST + ",2026-11-01,10,1,50");
    sandbox =
        Sandbox.start(
            new SandboxSettings(
                0, 10, List.of(), Duration.ZERO, FaultPlan.parse("none"), null, 1, null));
  }

  @AfterEach
  void sandbox() {
    sandbox.close();
  }

  private Ended call(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 4);
    all[arguments.length] = "--base-url";
    all[arguments.length + 1] = sandbox.baseUrl().toString();
    all[arguments.length + 2] = "--rate";
    all[arguments.length + 3] = "unlimited";
    return program.run(all);
  }

  private JsonNode json(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    Ended ended = program.run(all);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return JsonMapper.shared().readTree(ended.out());
  }

  private void fourRuns() {
    assertThat(call("update", "rows.csv").exitCode()).isEqualTo(1);
    assertThat(call("plan", "rows.csv").exitCode()).isZero();
    assertThat(call("ramp", "ramp.csv").exitCode()).isZero();
    Ended rolledBack = call("rollback", "1");
    assertThat(rolledBack.exitCode()).as(rolledBack.out()).isEqualTo(1);
    assertThat(call("rollback", "1", "--force").exitCode()).isZero();
    assertThat(call("update", "--plan", "2").exitCode()).isEqualTo(1);
    assertThat(call("retry", "1").exitCode()).isEqualTo(1);
  }

  @Test
  void runsSaysWhatEachRunWasAndWhatBecameOfIt() {
    fourRuns();

    Ended ended = program.run("runs");

    assertThat(ended.out().lines().limit(8).map(line -> line.replaceAll(" +", " ")))
        .satisfiesExactly(
            header ->
                assertThat(header)
                    .isEqualTo("RUN STARTED COMMAND STATUS EXIT TIME ROWS INPUT, TARGET"),
            run ->
                assertThat(run)
                    .matches(
                        " 1 \\S+ \\d\\d:\\d\\d \\S+ update finished 1 [\\d.]+ s 1 updated, 1 failed"
                            + " rows.csv, http://.*"),
            run -> assertThat(run).contains(" plan finished 0 ").contains(" 2 rows rows.csv"),
            run -> assertThat(run).contains(" ramp finished 0 ").contains(" 1 updated ramp.csv"),
            run -> assertThat(run).contains(" rollback of run 1 finished 1 ").contains("1 failed"),
            run -> assertThat(run).contains(" rollback of run 1 finished 0 "),
            run -> assertThat(run).contains(" update --plan 2 finished 1 "),
            run -> assertThat(run).contains(" retry of run 1 finished 1 "));
  }

  @Test
  void runsAreChosen() throws IOException {
    fourRuns();
    program.file("two.csv", "id,max_email_per_day", FIRST + ",8", (FIRST + 1) + ",9");
    assertThat(call("update", "two.csv", "--max-changes", "1").exitCode()).isEqualTo(4);

    assertThat(json("runs", "--command", "rollback").findValuesAsString("run"))
        .containsExactly("4", "5");
    assertThat(json("runs", "--command", "Plan").findValuesAsString("run")).containsExactly("2");
    assertThat(json("runs", "--status", "stopped").findValuesAsString("run")).containsExactly("8");
    assertThat(json("runs", "--status", "finished")).hasSize(7);
    assertThat(json("runs", "--since", "1h")).hasSize(8);
    assertThat(json("runs", "--since", "0s")).isEmpty();
    assertThat(json("runs", "--since", "7d", "--command", "update", "--status", "finished"))
        .hasSize(2);
    assertThat(program.run("runs", "--command", "retry", "--status", "killed").out())
        .startsWith("There are no matching runs.");
    for (String wrong : List.of("--command x", "--status x", "--since x", "--since")) {
      assertThat(program.run(("runs " + wrong).split(" ")).exitCode()).as(wrong).isEqualTo(2);
    }
  }

  @Test
  void runsAsJsonHasEverythingAMonitorAsksFor() throws IOException {
    program.file("two.csv", "id,max_email_per_day", FIRST + ",8", (FIRST + 1) + ",9");
    call("update", "rows.csv");
    call("update", "two.csv", "--max-changes", "1");
    call("retry", "1");

    JsonNode runs = json("runs");

    assertThat(runs.at("/0/counts/updated").longValue()).isEqualTo(1);
    assertThat(runs.at("/0/counts/failed").longValue()).isEqualTo(1);
    assertThat(runs.at("/0/counts/open").longValue()).isZero();
    assertThat(runs.at("/0/seconds").doubleValue()).isPositive();
    assertThat(runs.at("/0/stopped").isNull()).isTrue();
    assertThat(runs.at("/1/counts/open").longValue()).isEqualTo(2);
    assertThat(runs.at("/1/stopped").stringValue()).contains("--max-changes");
    assertThat(runs.at("/1/guards/max-changes").stringValue()).isEqualTo("1");
    assertThat(runs.at("/1/exit_code").intValue()).isEqualTo(4);
    assertThat(runs.at("/2/origin").intValue()).isEqualTo(1);
    assertThat(runs.at("/2/title").stringValue()).isEqualTo("retry of run 1");
    assertThat(runs.at("/2/started_at").stringValue()).endsWith("Z");
  }

  @Test
  void showTellsOptionsGuardsAndWhatMayBeDoneNext() throws IOException {
    program.file("rows.csv", "id;max_email_per_day;Note", FIRST + ";5;x", "77;6;y");
    call(
        "update",
        "rows.csv",
        "--delimiter",
        ";",
        "--ignore-columns",
        "Note",
        "--set",
        "signature=<p>It's me</p>",
        "--max-changes",
        "100%",
        "--ceiling",
        "30",
        "--max-failures",
        "3");
    call("retry", "1");

    String page = program.run("show", "1").out();

    assertThat(page)
        .contains("  command    update")
        .containsPattern("  started    \\S+ \\d\\d:\\d\\d:\\d\\d [A-Z]\\S+\n")
        .contains("  exit code  1")
        .contains("  option     --delimiter ';'")
        .contains("  option     --ignore-columns note")
        .contains("  option     --ceiling 30")
        .contains("  option     --set signature=\"<p>It's me</p>\"")
        .contains("  guards     --max-changes 100% --max-failures 3")
        .contains("  later      retry in run 2 (finished): 1 failed")
        .contains("To send its failed and uncertain rows again: ./run.sh retry 1")
        .contains("To restore the values from before it: ./run.sh rollback 1");
    JsonNode json = json("show", "1");
    assertThat(json.at("/title").stringValue()).isEqualTo("update");
    assertThat(json.at("/counts/failed").longValue()).isEqualTo(1);
    assertThat(json.at("/guards").stringValue()).isEqualTo("--max-changes 100% --max-failures 3");
    assertThat(json.at("/later_runs/0/run").intValue()).isEqualTo(2);
    assertThat(json.at("/next_steps/0/command").stringValue()).isEqualTo("./run.sh retry 1");
    assertThat(json.at("/files/results").stringValue()).endsWith("results.csv");
    assertThat(json("show", "2").at("/origin").intValue()).isEqualTo(1);
    assertThat(program.run("show", "2").out()).contains("  command    retry of run 1");
  }

  @Test
  void whatIsOfferedCanBePasted() {
    assertThat(program.run("update", "rows.csv", "--sandbox", "--state-dir", "my state").exitCode())
        .isZero();

    assertThat(program.run("show", "1", "--state-dir", "my state").out())
        .contains("./run.sh rollback 1 --state-dir 'my state'");
  }

  @Test
  void aGuardThatAResumeHasPassedIsTold() throws IOException {
    program.file("two.csv", "id,max_email_per_day", FIRST + ",8", (FIRST + 1) + ",9");
    call("update", "two.csv", "--max-changes", "1");
    assertThat(program.run("show", "1").out())
        .containsPattern("  stopped    .* To allow this: ./run.sh resume 1 --max-changes 2 ")
        .doesNotContain("To resume it");
    assertThat(call("resume", "1", "--max-changes", "2").exitCode()).isZero();

    assertThat(program.run("show", "1").out())
        .contains("  guards     --max-changes 2")
        .containsPattern("  changed    \\S+Z: --max-changes 2 \\(before: 1\\)");
    assertThat(json("show", "1").at("/guards_passed")).hasSize(1);
  }

  @Test
  void waitsAreToldByWindow() {
    program.run(
        "update",
        "rows.csv",
        "--base-url",
        sandbox.baseUrl().toString(),
        "--rate",
        "1/s",
        "--reserve",
        "0");

    assertThat(program.run("show", "1").out()).containsPattern("  waited     [\\d.]+ s for 1/s");
  }

  @Test
  void anAccountHasATimelineOfItsChanges() throws IOException {
    program.file("texts.csv", "id,max_email_per_day,from_name", FIRST + ",9,Anna");
    call("update", "rows.csv");
    call("update", "texts.csv");
    call("update", "texts.csv", "--fresh");
    call("rollback", "2");

    Ended ended = program.run("show", "--account", "" + FIRST);

    assertThat(ended.out().lines().map(line -> line.replaceAll(" +", " ")))
        .satisfiesExactly(
            title -> assertThat(title).isEqualTo("Account " + FIRST),
            header -> assertThat(header).isEqualTo("TIME RUN COMMAND FIELD OLD → NEW RESULT"),
            one ->
                assertThat(one)
                    .matches("\\S+ \\S+ \\S+ 1 update max_email_per_day \\d+ → 5 updated"),
            two -> assertThat(two).matches(".* 2 update max_email_per_day 5 → 9 updated"),
            two -> assertThat(two).matches(".* 2 update from_name .* → .*Anna.* updated"),
            four ->
                assertThat(four).matches(".* 4 rollback of run 2 max_email_per_day 9 → 5 updated"),
            four ->
                assertThat(four).matches(".* 4 rollback of run 2 from_name .*Anna.* → .* updated"),
            rest ->
                assertThat(rest).isEqualTo("1 other row left the account as it was: 1 unchanged"));
    JsonNode json = json("show", "--account", "" + FIRST);
    assertThat(json).hasSize(4);
    assertThat(json.at("/1/changes/0/field").stringValue()).isEqualTo("max_email_per_day");
    assertThat(json.at("/1/changes/0/before").intValue()).isEqualTo(5);
    assertThat(json.at("/1/changes/0/after").intValue()).isEqualTo(9);
    assertThat(json.at("/3/command").stringValue()).isEqualTo("rollback of run 2");
    assertThat(json("show", "--account", "" + FIRST, "--since", "1h")).hasSize(4);
    assertThat(json("show", "--account", "" + FIRST, "--since", "0s")).isEmpty();
    assertThat(json("show", "--account", "" + FIRST, "--status", "unchanged")).hasSize(1);
    assertThat(program.run("show", "3", "--account", "" + FIRST).out())
        .contains("No run has changed the account.");
    assertThat(program.run("show", "--account", "123").out())
        .contains("No run has changed the account.");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8,true", "UTF-16,true", "UTF-16LE,false", "windows-1252,false"})
  void anAddressIsFoundInTheInputOfARun(Charset charset, boolean named) throws IOException {
    String address = addressOf(FIRST + 3);
    String rows = "from_email,max_email_per_day\n" + address.toUpperCase(Locale.ROOT) + ",5\n";
    Files.write(home.resolve("named.csv"), rows.getBytes(charset));
    Ended update =
        named
            ? call("update", "named.csv", "--snapshot", "full")
            : call("update", "named.csv", "--snapshot", "full", "--charset", charset.name());
    assertThat(update.exitCode()).as(update.err()).isZero();

    assertThat(json("show", "--account", address).at("/0/email_account_id").longValue())
        .isEqualTo(FIRST + 3);
    assertThat(program.run("show", "--account", address).out())
        .startsWith("Account " + (FIRST + 3));
  }

  private String addressOf(long account) {
    Ended export = call("export", "--fields", "from_name");
    return export
        .out()
        .lines()
        .filter(line -> line.startsWith(account + ","))
        .map(line -> line.split(",", -1)[1])
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAddressNextToAnIdIsFoundToo() throws IOException {
    String address = addressOf(FIRST + 2);
    program.file("both.csv", "id,email,max_email_per_day", (FIRST + 2) + "," + address + ",5");
    call("update", "both.csv");

    assertThat(json("show", "--account", address)).hasSize(1);
  }

  @Test
  void theAccountListOfAPlanKnowsAddresses() {
    call("update", "rows.csv");
    String address = addressOf(FIRST);
    assertThat(program.run("show", "--account", address).exitCode()).isEqualTo(2);
    call("plan", "rows.csv", "--snapshot", "full");

    assertThat(json("show", "--account", address)).hasSize(1);
  }

  /** An address that only looks like one, in another column, is not the account's. */
  @Test
  void anAddressInAnotherColumnIsNotTheAccounts() throws IOException {
    program.file("bcc.csv", "id,from_email,bcc", FIRST + ",,someone@example.com");
    call("update", "bcc.csv");

    Ended ended = program.run("show", "--account", "someone@example.com");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("error: no account with the address someone@example.com is known here:");
  }

  /** A mailbox that was made again has another id, and both have a history. */
  @Test
  void anAddressThatHasMovedHasSeveralAccounts() throws IOException {
    program.file("one.csv", "id,from_email,max_email_per_day", FIRST + ",moved@example.com,5");
    program.file(
        "two.csv", "id,from_email,max_email_per_day", (FIRST + 1) + ",moved@example.com,6");
    for (String file : List.of("one.csv", "two.csv", "one.csv")) {
      call("update", file, "--snapshot", "none", "--force");
    }

    Ended ended = program.run("show", "--account", "moved@example.com");

    assertThat(ended.out())
        .startsWith("moved@example.com was the address of 2 accounts.")
        .contains("Account " + FIRST)
        .contains("Account " + (FIRST + 1));
    assertThat(json("show", "--account", "Moved@Example.com")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show",
        "show --since 3d",
        "show 1 --since 3d",
        "show 99",
        "show 99 --account 5",
        "show --account nobody",
        "show --account 0",
        "show --status failed"
      })
  void wrongQuestionsAreRefused(String command) {
    call("update", "rows.csv");

    Ended ended = program.run(command.split(" "));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("error: ");
  }

  @Test
  void aLongFileIsSearchedToItsEnd() throws IOException {
    StringBuilder rows = new StringBuilder("id,from_email,max_email_per_day\n");
    for (int i = 0; i < 9_000; i++) {
      rows.append(i + 1).append(",someone.").append(i).append("@example.com,5\n");
    }
    Files.writeString(home.resolve("long.csv"), rows, StandardCharsets.UTF_8);
    call("plan", "long.csv");
    call("update", "long.csv", "--max-changes", "1", "--snapshot", "none");

    for (int i : List.of(0, 1, 2_100, 4_477, 8_999)) {
      assertThat(program.run("show", "--account", "SOMEONE." + i + "@example.com").out())
          .startsWith("Account " + (i + 1));
    }
    assertThat(program.run("show", "--account", "someone.9000@example.com").exitCode())
        .isEqualTo(2);
  }
}
