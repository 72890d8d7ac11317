package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  private TestProgram program;
  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home);
    sandbox = Sandbox.start(SandboxSettings.defaults());
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private Ended run(String... arguments) {
    String[] all =
        Stream.concat(
                Arrays.stream(arguments),
                Stream.of("--rate", "unlimited", "--base-url", sandbox.baseUrl().toString()))
            .toArray(String[]::new);
    return program.with("SMARTLEAD_API_KEY", sandbox.exampleKey()).run(all);
  }

  private void rows(int count, String header, String cells) throws IOException {
    program.file(
        "rows.csv",
        "id," + header,
        LongStream.range(0, count).mapToObj(i -> (FIRST + i) + "," + cells).collect(joining("\n")));
  }

  private void assertStopped(Ended ended, String guard) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err()).contains("error: guard" + guard).contains("./run.sh resume 1");
    assertThat(sandbox.counts().updatesApplied()).isZero();
  }

  @Test
  void tooManyChangesAreNotBegunAndCanBePassed() throws IOException {
    rows(20, "max_email_per_day", "7");

    assertStopped(
        run("update", "rows.csv", "--max-changes", "19"),
        " --max-changes 19: 20 accounts of 20 rows would change");
    assertThat(run("resume", "--max-changes", "50%").exitCode()).isEqualTo(4);
    assertThat(run("resume", "--max-changes", "100%").exitCode()).isZero();
    assertThat(sandbox.counts().updatesApplied()).isEqualTo(20);
    // What is already so is no change.
    assertThat(run("update", "rows.csv", "--max-changes", "0").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"24, false", "25, true", "99%, false", "100%, true"})
  void dailyLimitsDoNotRiseByMoreThanIsMeant(String most, boolean passes) throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",25");
    run("update", "rows.csv");
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",50");

    Ended ended = run("update", "rows.csv", "--max-increase", most);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(passes ? 0 : 4);
    if (!passes) {
      assertThat(ended.err())
          .contains(
              "guard --max-increase %s: the daily limit of 1 account would rise by more, first"
                      .formatted(most)
                  + " line 2, account "
                  + FIRST
                  + " from 25 to 50");
    }
  }

  @Test
  void signaturesAreNotEmptiedInBulkBySlip() throws IOException {
    rows(20, "signature", "<clear>");

    assertStopped(
        run("update", "rows.csv"), ": the signatures of 20 accounts of 20 rows would be emptied");
    assertThat(run("resume", "--allow-emptying").exitCode()).isZero();
  }

  @Test
  void aFewSignaturesMayBeEmptied() throws IOException {
    rows(2, "signature", "<clear>");

    assertThat(run("update", "rows.csv").exitCode()).isZero();
  }

  @Test
  void notAllAccountsGetTheSameBccBySlip() throws IOException {
    rows(5, "bcc", "docs@example.com");

    assertStopped(
        run("update", "rows.csv"), ": all 5 rows would set the same BCC address, docs@example.com");
    Ended again = run("update", "rows.csv", "--allow-same-bcc");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("./run.sh resume 1 --allow-same-bcc");
    assertThat(run("resume", "1", "--allow-same-bcc").exitCode()).isZero();
    // Rolling back brings back whatever was there.
    assertThat(run("rollback", "1").exitCode()).isLessThan(2);
  }

  @Test
  void dailyLimitsAboveTheCeilingAreInvalid() throws IOException {
    rows(1, "max_email_per_day", "201");

    Ended ended = run("update", "rows.csv");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(Files.readString(program.runFile(1, "results.csv")))
        .contains("expected at most 200 a day (more only with --allow-above)");
    assertThat(run("update", "rows.csv", "--ceiling", "250").exitCode()).isZero();
    assertThat(run("update", "rows.csv", "--allow-above").exitCode()).isZero();
  }

  @Test
  void tooManyFailuresStopTheRun() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        LongStream.rangeClosed(1, 30).mapToObj(id -> id + ",5").collect(joining("\n")));

    Ended ended = run("update", "rows.csv", "--max-failures", "10%", "--concurrency", "1");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err())
        .contains("error: guard --max-failures 10%: 4 rows have failed or are uncertain");
    assertThat(Files.readAllLines(program.runFile(1, "results.csv"))).hasSizeBetween(4, 10);
    Ended kept = run("resume");
    assertThat(kept.exitCode()).isEqualTo(4);
    assertThat(kept.err()).containsPattern("To allow more: .*resume 1 --max-failures \\d+%");
    assertThat(run("resume", "--max-failures", "100%").exitCode()).isEqualTo(1);
    assertThat(Files.readAllLines(program.runFile(1, "results.csv"))).hasSize(31);
  }

  @Test
  void theCanaryIsReadBackBeforeTheRest() throws IOException {
    rows(10, "max_email_per_day,signature", "7,<p>hi</p>");

    Ended ended = run("update", "rows.csv", "--canary", "3");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(sandbox.settingsOf(FIRST + 9))
        .containsEntry(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(7));
    // A page, ten rows, three accounts.
    assertThat(sandbox.counts().requests()).isEqualTo(14);
  }

  /** A server that says yes and does nothing. */
  @Test
  void aCanaryThatDidNotTakeStopsTheRun() throws IOException {
    rows(10, "max_email_per_day", "40");
    try (FakeSmartlead api = FakeSmartlead.start(0)) {
      LongStream.range(FIRST, FIRST + 10).forEach(id -> api.add(id).put("message_per_day", 30));
      api.script = call -> call.isUpdate() ? new FakeSmartlead.Answer(200, "{\"ok\":true}") : null;

      Ended ended = api.run(program, "update", "rows.csv", "--canary", "2");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
      assertThat(ended.err())
          .contains(
              "error: guard --canary 2: line 2, account "
                  + FIRST
                  + ": max_email_per_day is 30, but 40 was sent. The other rows were not sent");
      assertThat(api.updated()).hasSize(2);
    }
  }

  @Test
  void noCallIsBegunThatCouldNotEndInTime() throws IOException {
    rows(30, "max_email_per_day", "7");

    Ended ended =
        program
            .with("SMARTLEAD_API_KEY", "key")
            .run(
                "update",
                "rows.csv",
                "--rate",
                "2/s",
                "--reserve",
                "0",
                "--timeout",
                "500ms",
                "--max-duration",
                "2s",
                "--base-url",
                sandbox.baseUrl().toString());

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
    assertThat(ended.err())
        .contains("warning: 30 calls will take until ")
        .contains("error: time is up: ")
        .contains("./run.sh resume 1");
    assertThat(ended.out()).containsPattern("open +2\\d");
    assertThat(run("resume", "--max-duration", "none").exitCode()).isZero();
    assertThat(sandbox.counts().updatesApplied()).isEqualTo(30);
  }

  @Test
  void withStrictARunThatCannotEndInTimeIsNotBegun() throws IOException {
    rows(30, "max_email_per_day", "7");

    Ended ended =
        program
            .with("SMARTLEAD_API_KEY", "key")
            .run(
                "update",
                "rows.csv",
                "--strict",
                "--rate",
                "1/min",
                "--reserve",
                "0",
                "--max-duration",
                "10min",
                "--snapshot",
                "none",
                "--base-url",
                sandbox.baseUrl().toString());

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
    assertThat(ended.err()).contains("with --strict, the run does not start");
    assertThat(sandbox.counts().requests()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--max-changes, many, 'found \"many\", expected a number such as 500 or a percentage'",
    "--finish-by, 6am, 'found \"6am\", expected a time such as 06:00'",
    "--time-zone, Mars, 'found \"Mars\", expected a time zone such as Europe/Berlin or UTC'",
    "--canary, -1, 'found -1, expected 0 or more'"
  })
  void whatCannotBeIsRefused(String option, String value, String message) throws IOException {
    rows(1, "max_email_per_day", "7");

    Ended ended = run("update", "rows.csv", option, value);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains(message);
    assertThat(sandbox.counts().requests()).isZero();
  }
}
