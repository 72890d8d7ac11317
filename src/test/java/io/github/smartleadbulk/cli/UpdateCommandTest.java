package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UpdateCommandTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() {
    program = new TestProgram(home);
  }

  private static SandboxSettings sandboxWith(String faults, String requiredKey) {
    return new SandboxSettings(
        0, 1_000, List.of(), Duration.ZERO, FaultPlan.parse(faults), requiredKey, 1, null);
  }

  private Ended update(Sandbox sandbox, String... more) {
    return update(sandbox.baseUrl().toString(), sandbox.exampleKey(), more);
  }

  private Ended update(String url, String key, String... more) {
    String[] arguments =
        new String[] {"update", "rows.csv", "--rate", "unlimited", "--base-url", url};
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return program.with("SMARTLEAD_API_KEY", key).run(all);
  }

  @Test
  void blankCellsLeaveSettingsAloneAndTextsArriveToTheLetter() throws IOException {
    String signature = "<p>Best, \"Anna\"<br>\r\n  ünï 👋, =SUM(1)</p> ";
    program.file(
        "rows.csv",
        "id,signature,from_name,bcc,max_email_per_day,client_id",
        FIRST + ",\"" + signature.replace("\"", "\"\"") + "\",   ,\"\",,<clear>");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Map<AccountField, SettingValue> before = sandbox.settingsOf(FIRST);

      Ended ended = update(sandbox);

      assertThat(ended.exitCode()).isZero();
      Map<AccountField, SettingValue> after = sandbox.settingsOf(FIRST);
      assertThat(after)
          .containsEntry(AccountField.SIGNATURE, new SettingValue.Text(signature))
          .containsEntry(AccountField.CLIENT_ID, new SettingValue.None());
      for (AccountField field :
          List.of(AccountField.FROM_NAME, AccountField.BCC, AccountField.MAX_EMAIL_PER_DAY)) {
        assertThat(after).containsEntry(field, before.get(field));
      }
    }
  }

  @Test
  void everyFieldOfARowArrives() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day,from_name,custom_tracking_url,bcc,signature,client_id,"
            + "time_to_wait_in_mins,is_suspended",
        FIRST + ",41.0,Anna,track.example.com,a@example.com,<b>A</b>,77,0,YES");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      update(sandbox);

      assertThat(sandbox.settingsOf(FIRST))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(41),
                  AccountField.FROM_NAME, new SettingValue.Text("Anna"),
                  AccountField.CUSTOM_TRACKING_URL, new SettingValue.Text("track.example.com"),
                  AccountField.BCC, new SettingValue.Text("a@example.com"),
                  AccountField.SIGNATURE, new SettingValue.Text("<b>A</b>"),
                  AccountField.CLIENT_ID, new SettingValue.Whole(77),
                  AccountField.TIME_TO_WAIT_IN_MINS, new SettingValue.Whole(0),
                  AccountField.IS_SUSPENDED, new SettingValue.Flag(true)));
    }
  }

  @Test
  void comesThroughFaultsWithEveryRowUpdated() throws IOException {
    String rows =
        IntStream.range(0, 300).mapToObj(i -> (FIRST + i) + "," + (1 + i)).collect(joining("\n"));
    program.file("rows.csv", "id,max_email_per_day", rows);
    try (Sandbox sandbox =
        Sandbox.start(sandboxWith("500:5%,503:5%,reset:3%,cut:3%,empty:2%", null))) {

      Ended ended = update(sandbox, "--max-attempts", "12", "--allow-above");

      assertThat(ended.exitCode()).as(ended.out()).isZero();
      for (int i = 0; i < 300; i++) {
        assertThat(sandbox.settingsOf(FIRST + i))
            .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(1 + i));
      }
      assertThat(Files.readAllLines(program.runFile(1, "results.csv"))).hasSize(301);
    }
  }

  @Test
  void aRefusedKeyStopsTheRunAndTheRightOneResumesIt() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",6");
    try (Sandbox sandbox = Sandbox.start(sandboxWith("none", "right"))) {
      String[] arguments = {
        "update", "rows.csv", "--rate", "unlimited", "--base-url", sandbox.baseUrl().toString()
      };

      Ended refused = program.with("SMARTLEAD_API_KEY", "stale").run(arguments);

      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("Invalid API Key").contains("./run.sh resume 1");
      assertThat(sandbox.counts().updatesApplied()).isZero();

      Ended resumed =
          program
              .with("SMARTLEAD_API_KEY", "right")
              .run("resume", "1", "--base-url", sandbox.baseUrl().toString());

      assertThat(resumed.exitCode()).isZero();
      assertThat(sandbox.counts().updatesApplied()).isEqualTo(2);
      assertThat(Files.readAllLines(program.runFile(1, "results.csv"))).hasSize(3);
    }
  }

  @Test
  void tellsUnknownAccountsAndKeepsThemForCorrection() throws IOException {
    program.file("rows.csv", "id,_who,max_email_per_day", "77,\"Ann, \"\"A\"\"\",5", FIRST + ",,6");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Ended ended = update(sandbox);

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.out()).contains("line 2, account 77: failed: Email account not found");
      assertThat(program.runFile(1, "failed.csv"))
          .hasContent(
              """
              id,_who,max_email_per_day,_status,_message
              77,"Ann, ""A""\",5,failed,Email account not found
              """);
      Ended again =
          program.run(
              "update",
              program.runFile(1, "failed.csv").toString(),
              "--base-url",
              sandbox.baseUrl().toString());
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(program.runFile(2, "failed.csv"))
          .hasSameTextualContentAs(program.runFile(1, "failed.csv"));
    }
  }

  @Test
  void strictSendsNothingWhereOneRowIsInvalid() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",many");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Ended ended = update(sandbox, "--strict");

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err())
          .contains(
              "line 3, account 10000002: max_email_per_day: found \"many\", expected a whole number of 1 or"
                  + " more (0 only with --allow-zero)")
          .contains("error: 1 of 2 rows is invalid and --strict is set: nothing was sent");
      assertThat(sandbox.counts().requests()).isZero();
    }
  }

  @Test
  void refusesAFileAtItsHeaderWithoutARunInTheHistory() throws IOException {
    program.file("rows.csv", "id,max_emails_per_day", FIRST + ",5");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Ended ended = update(sandbox);

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).contains("max_emails_per_day").contains("max_email_per_day");
      assertThat(ended.out()).isEmpty();
      assertThat(sandbox.counts().requests()).isZero();
      assertThat(program.run("runs").out()).contains("no runs yet");
    }
  }

  @Test
  void refusesAFileThatBreaksFurtherDownWithoutACall() throws IOException {
    Path file = program.file("rows.csv", "id,from_name", FIRST + ",Anna");
    Files.write(
        file,
        ((FIRST + 1) + ",J\u00fcrgen\n").getBytes(Charset.forName("windows-1252")),
        java.nio.file.StandardOpenOption.APPEND);
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Ended refused = update(sandbox);

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("rows.csv, line 3").contains("--charset windows-1252");
      assertThat(sandbox.counts().requests()).isZero();

      assertThat(update(sandbox, "--charset", "windows-1252").exitCode()).isZero();
      assertThat(sandbox.settingsOf(FIRST + 1))
          .containsEntry(AccountField.FROM_NAME, new SettingValue.Text("J\u00fcrgen"));
    }
  }

  @Test
  void readsStandardInput() {
    Ended ended =
        program
            .withInput("id;max_email_per_day\r\n" + FIRST + ";40\r\n")
            .run("update", "-", "--sandbox");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("Run 1 finished: standard input against sandbox");
  }

  @Test
  void printsOneJsonObjectThatSaysTheSameAsItsFile() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",");

    Ended ended = program.run("update", "rows.csv", "--sandbox", "--json");

    JsonNode summary = JsonMapper.shared().readTree(ended.out());
    assertThat(summary)
        .isEqualTo(
            JsonMapper.shared().readTree(Files.readString(program.runFile(1, "summary.json"))));
    assertThat(summary.at("/counts/updated").longValue()).isEqualTo(1);
    assertThat(summary.at("/counts/skipped").longValue()).isEqualTo(1);
    assertThat(summary.at("/counts/open").longValue()).isZero();
    assertThat(summary.at("/calls").longValue()).as("a page and a row").isEqualTo(2);
    assertThat(summary.at("/exit_code").intValue()).isZero();
    assertThat(summary.at("/files/results").stringValue())
        .isEqualTo(program.runFile(1, "results.csv").toString());
  }

  @Test
  void saysNothingWhenQuietAndAllIsWell() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5");

    Ended ended = program.run("update", "rows.csv", "--sandbox", "-q");

    assertThat(ended).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void writesResultsWhereItIsTold() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5");

    Ended ended = program.run("update", "rows.csv", "--sandbox", "--results", "out.csv");

    assertThat(ended.out()).contains(home.resolve("out.csv").toString());
    assertThat(Files.readAllLines(home.resolve("out.csv"))).hasSize(2);
    assertThat(program.runFile(1, "results.csv")).doesNotExist();
  }

  @Test
  void joinsRowsOfOneAccountWhereTold() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day,from_name",
        FIRST + ",5,",
        FIRST + ",,Anna",
        FIRST + ",5,");
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Ended ended = update(sandbox, "--duplicates", "merge");

      assertThat(ended.exitCode()).isZero();
      assertThat(sandbox.counts().updatesApplied()).isEqualTo(1);
      assertThat(Files.readAllLines(program.runFile(1, "results.csv")).get(2))
          .matches(
              "2,3," + FIRST + ",updated,max_email_per_day;from_name,200,1,joined with line 2,.*Z");
    }
  }

  @Test
  void resultsNeverDestroyAnything() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5");
    program.file("letter.txt", "Dear Sir or Madam");
    Files.createDirectories(home.resolve("var/runs"));
    for (String[] refused :
        new String[][] {
          {"rows.csv", "is in use as " + home.resolve("rows.csv") + "; choose another file"},
          {
            "letter.txt", "contains something other than results; delete it, or choose another file"
          },
          {"var/state.mv.db", "is in the state folder, which belongs to the program"},
          {"nowhere/out.csv", "its folder does not exist"},
          {"var", "is a folder, expected a file"},
        }) {
      Ended ended = program.run("update", "rows.csv", "--sandbox", "--results", refused[0]);
      assertThat(ended.exitCode()).as(refused[0]).isEqualTo(2);
      assertThat(ended.err())
          .isEqualTo(
              "error: --results "
                  + home.resolve(refused[0])
                  + ": "
                  + refused[1]
                  + System.lineSeparator());
    }
    assertThat(home.resolve("letter.txt")).hasContent("Dear Sir or Madam");
    for (int night = 0; night < 2; night++) {
      assertThat(program.run("update", "rows.csv", "--sandbox", "--results", "out.csv").exitCode())
          .isZero();
    }
  }

  @Test
  void tellsHowToGoOnWithTheSameOptionsAndWhatHappenedSince() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",6");
    program.file("other.csv", "id,max_email_per_day", FIRST + ",7");
    try (Sandbox sandbox = Sandbox.start(sandboxWith("none", "right"))) {
      String url = sandbox.baseUrl().toString();
      Ended refused =
          program
              .with("SMARTLEAD_API_KEY", "stale")
              .run("update", "rows.csv", "--base-url", url, "--rate", "60/min", "--json");
      assertThat(refused.err())
          .contains(
              "To resume run 1: ./run.sh resume 1 --base-url "
                  + url
                  + " --rate 60/min"
                  + System.lineSeparator());

      program.with("SMARTLEAD_API_KEY", "right").run("update", "other.csv", "--base-url", url);
      program.run("resume", "1", "--resume-stale");
      assertThat(sandbox.counts().updatesApplied()).isEqualTo(3);
    }
  }

  @Test
  void aSupersededRunIsResumedOnlyIfAsked() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", (FIRST + 1) + ",6");
    program.file("other.csv", "id,max_email_per_day", FIRST + ",7");
    try (StableAddress address = new StableAddress()) {
      try (Sandbox refusing = address.of(Sandbox.start(sandboxWith("401:100%", null)))) {
        assertThat(update(address.url(), refusing.exampleKey()).exitCode()).isEqualTo(3);
      }
      Sandbox sandbox = address.of(Sandbox.start(sandboxWith("none", null)));
      program.run("update", "other.csv", "--base-url", address.url());

      Ended refused = update(address.url(), sandbox.exampleKey());
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "error: run 1 is superseded: run 2 has set the same fields in 1 of the rows that are"
                  + " left. Nothing was sent. To start again with the file as it is now, add --fresh to"
                  + " its command. To resume the run anyway: ./run.sh resume 1 --resume-stale");
      assertThat(sandbox.counts().updatesApplied()).isEqualTo(1);

      Ended resumed = update(address.url(), sandbox.exampleKey(), "--resume-stale");
      sandbox.close();

      assertThat(resumed.exitCode()).isZero();
      assertThat(resumed.err())
          .contains(
              "warning: other runs have changed accounts since run 1 stopped: 2. Its finished rows"
                  + " are not sent again");
    }
  }
}
