package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * With {@code --dry-run}, a command says what it would do and does nothing. All accounts have a
 * limit of 20 at first.
 */
class DryRunTest extends AgainstFakeSmartlead {

  DryRunTest() {
    super(30);
  }

  @BeforeEach
  void files() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,20", "6,34");
    program.file(
        "ramp.csv", "id,from,start,step,cap", "4,2026-11-26,25,5,50", "5,2026-11-26,10,5,50");
  }

  private static Answer refusal() {
    return new Answer(401, "{\"message\":\"no\"}");
  }

  private void assertNothingSent() {
    assertThat(api.updates()).isEmpty();
  }

  private String summary(int run) throws IOException {
    return Files.readString(program.runFile(run, "summary.json"));
  }

  @Test
  void ofAnUpdateIsAPlanThatCanBeApplied() throws IOException {
    Ended ended = run("update", "rows.csv", "--dry-run");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).startsWith("Run 1 (dry run of update): rows.csv against ");
    assertThat(ended.out())
        .startsWith(
            """
            Plan 1 finished: rows.csv against %s

              to change             2
              unchanged             1
              rows                  3
            """
                .formatted(api.url))
        .contains(
            """
              line 2, account 4 (a4@example.com): max_email_per_day 20 → 33
              line 4, account 6 (a6@example.com): max_email_per_day 20 → 34
            """)
        .contains("  2 calls, at least ", " if you start now, finished at ")
        .contains("  To apply exactly this plan: ./run.sh update --plan 1");
    assertNothingSent();
    assertThat(program.runFile(1, "plan.csv")).content().hasLineCount(3);
    assertThat(program.runFile(1, "results.csv")).doesNotExist();
    assertThat(summary(1)).contains("\"command\" : \"update --dry-run\"");

    assertThat(run("update", "--plan", "1").exitCode()).isZero();
    assertThat(api.updated()).containsExactly(4L, 6L);
  }

  @Test
  void ofTomorrowsRampHasItsChangesAndWhatIsKept() throws IOException {
    Ended ended = run("ramp", "ramp.csv", "--date", "2026-11-27", "--dry-run");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .startsWith(
            """
            Plan 1 finished: ramp.csv for 2026-11-27 against %s

              to change             1
              kept                  1
              rows                  2
            """
                .formatted(api.url))
        .contains(
            "  line 2, account 4 (a4@example.com): max_email_per_day 20 → 30\n",
            "  line 3, account 5: kept: max_email_per_day is 20, but the ramp says 15: not lowered"
                + " (--allow-decrease lowers it)\n")
        .contains(
            "  To make these changes: ./run.sh ramp ramp.csv --date 2026-11-27 --base-url "
                + api.url
                + " --rate unlimited\n")
        .doesNotContain("update --plan");
    assertThat(ended.err())
        .contains(
            "warning: 1 row would be kept: its account has a higher daily limit than the ramp says."
                + " To lower it, run the ramp with --allow-decrease.\n");
    assertNothingSent();

    assertThat(run("ramp", "ramp.csv", "--date", "2026-11-27").out()).contains("Run 2 finished");
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":30}");
  }

  @Test
  void ofARampCannotBeAppliedAsAPlan() {
    run("ramp", "ramp.csv", "--date", "2026-11-27", "--dry-run");

    Ended ended = run("update", "--plan", "1");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "error: run 1 is a dry run of ramp, which --plan cannot apply. Give its command again"
                + " without --dry-run\n");
  }

  @Test
  void ofARollbackShowsWhatComesBack() throws IOException {
    assertThat(run("update", "rows.csv").exitCode()).isZero();
    api.account(6).put("message_per_day", 50);
    api.forget();

    Ended ended = run("rollback", "1", "--only", "max_email_per_day", "--dry-run");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("  line 2, account 4 (a4@example.com): max_email_per_day 33 → 20\n")
        .contains("account 6: cannot be sent: max_email_per_day left alone: run 1 set it to 34")
        .contains(
            "To make these changes: ./run.sh rollback 1 --only max_email_per_day --base-url ");
    assertNothingSent();
    assertThat(run("rollback", "1").exitCode()).isEqualTo(1);
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":20}");
  }

  @Test
  void ofARetryShowsTheRowsThatWouldBeSentAgain() {
    api.script = call -> call.account() == 6 ? new Answer(422, "{\"message\":\"no\"}") : null;
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(1);
    api.script = call -> null;
    api.forget();

    Ended ended = run("retry", "1", "--dry-run", "--only", "failed");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("  line 2, account 6 (a6@example.com): max_email_per_day 20 → 34\n")
        .contains("  to change             1\n", "./run.sh retry 1 --only failed --base-url ");
    assertNothingSent();
    assertThat(run("retry", "1").exitCode()).isZero();
    assertThat(api.updates()).containsExactly("6 {\"max_email_per_day\":34}");
  }

  @Test
  void ofAPlanShowsWhatHasChangedSince() throws IOException {
    assertThat(run("plan", "rows.csv").exitCode()).isZero();
    api.account(4).put("message_per_day", 21);

    Ended ended = run("update", "--plan", "1", "--dry-run");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("account 4: cannot be sent: max_email_per_day was 20 when planned and is now 21")
        .contains("To make these changes: ./run.sh update --plan 1 --base-url ");
    assertNothingSent();
    assertThat(run("update", "--plan", "2").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update rows.csv", "ramp ramp.csv --date 2026-11-27"})
  void leavesAnUnfinishedRunAsItIs(String command) {
    api.script = call -> call.isUpdate() ? refusal() : null;
    assertThat(run(command.split(" ")).exitCode()).isEqualTo(3);
    api.script = call -> null;
    api.forget();

    Ended ended = run((command + " --dry-run").split(" "));
    Ended fresh = run((command + " --dry-run --fresh").split(" "));
    Ended skip = run((command + " --dry-run --if-unfinished skip").split(" "));

    assertThat(ended.out()).contains("Plan 2 finished");
    assertThat(ended.err())
        .contains(" is unfinished. Without --dry-run, this command resumes that run\n");
    assertThat(fresh.out()).contains("Plan 3 finished");
    assertThat(fresh.err()).contains("this command abandons that run and starts again\n");
    assertThat(skip.out()).contains("Plan 4 finished");
    assertThat(skip.err()).contains("Without --dry-run, this command does nothing\n");
    assertNothingSent();
    assertThat(run(command.split(" ")).out()).contains("Run 1 finished");
    assertThat(api.updates()).isNotEmpty();
  }

  @Test
  void saysWhereTheCommandWouldBeRefused() throws IOException {
    api.script = call -> call.isUpdate() ? refusal() : null;
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(3);
    api.script = call -> null;

    assertThat(run("update", "rows.csv", "--force", "--dry-run").err())
        .contains("this command is refused, because that run has other options");
    program.file("rows.csv", "id,max_email_per_day", "4,35");
    assertThat(run("update", "rows.csv", "--dry-run").err())
        .contains("this command is refused, because the file has changed since that run");
  }

  @Test
  void hasNothingToRetryOrRestore() {
    run("update", "rows.csv", "--dry-run");
    run("plan", "rows.csv");

    assertThat(run("retry", "1").err())
        .isEqualTo(
            "error: run 1 is a dry run of update: it has sent nothing, so there is nothing to retry\n");
    assertThat(run("rollback", "2").err())
        .isEqualTo(
            "error: run 2 is a plan: it has sent nothing, so there is nothing to roll back\n");
  }

  /** A kill in the middle of a dry run is nothing that anybody has to clean up. */
  @Test
  void anUnfinishedDryRunIsInNobodysWay() {
    api.script = call -> refusal();
    assertThat(run("update", "rows.csv", "--dry-run", "--max-changes", "1").exitCode())
        .isEqualTo(3);
    assertThat(run("update", "rows.csv", "--dry-run").exitCode()).isEqualTo(3);
    api.script = call -> null;

    Ended resumed = run("resume", "2");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("Plan 2 finished");
    assertThat(run("update", "rows.csv", "--dry-run").out()).contains("Plan 3 finished");
    assertThat(run("plan", "rows.csv").out()).contains("Plan 4 finished");
    assertThat(run("resume").err()).contains("there is no unfinished run to resume");
    assertNothingSent();
    assertThat(run("update", "rows.csv").out()).contains("Run 5 finished");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --max-changes 1    | guard --max-changes 1: 2 accounts of 3 rows would change. Without --dry-run, nothing would be sent (exit 4). To allow this, add --max-changes 2
          --max-changes 10%  | To allow this, add --max-changes 67%
          --max-increase 50% | guard --max-increase 50%: the daily limit of 2 accounts would rise by more, first line 2, account 4 from 20 to 33
          """)
  void tellsWhichGuardWouldStopTheRun(String guard, String message) {
    Ended ended = run(("update rows.csv --dry-run -q " + guard).split(" "));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("warning: guard ").contains(message).hasLineCount(1);
    assertNothingSent();
  }

  @Test
  void tellsOfGuardsThatAreAlwaysOn() throws IOException {
    program.file("rows.csv", "id,bcc", "4,a@x.com", "5,a@x.com", "6,a@x.com");

    assertThat(run("update", "rows.csv", "--dry-run").err())
        .contains("warning: guard: all 3 rows would set the same BCC address, a@x.com");
    assertThat(run("update", "rows.csv", "--dry-run", "--allow-same-bcc").err())
        .doesNotContain("warning");
  }

  @Test
  void aPlanMadeWithGuardsIsAppliedWithThem() {
    assertThat(run("update", "rows.csv", "--dry-run", "--max-changes", "1").exitCode()).isZero();

    Ended ended = run("update", "--plan", "1");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("guard --max-changes 1: 2 accounts of 3 rows would change");
    assertNothingSent();
  }

  /** A real run with this deadline would send only a few of the rows. */
  @Test
  void tellsOfADeadlineAndIsNotStoppedByIt() {
    String[] hurried = {
      "update", "rows.csv", "--dry-run", "--max-duration", "1s", "--timeout", "30s"
    };

    Ended ended = run(hurried);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .containsPattern("warning: 2 calls will take until .*, but the last call must end by ")
        .contains("Without --dry-run, the run would stop before its end (exit 5)");
    assertThat(ended.out()).contains("Plan 1 finished");
  }

  @Test
  void asJson() throws IOException {
    Ended ended =
        run(
            "ramp",
            "ramp.csv",
            "--date",
            "2026-11-27",
            "--dry-run",
            "--json",
            "--max-changes",
            "0");

    JsonNode plan = JsonMapper.shared().readTree(ended.out());
    assertThat(plan.get("accounts").get(1).get("kept").stringValue())
        .startsWith("max_email_per_day is 20, but the ramp says 15");
    assertThat(plan.get("counts").toString()).isEqualTo("{\"to_change\":1,\"kept\":1}");
    assertThat(plan.get("guards").get(0).stringValue()).startsWith("guard --max-changes 0: ");
  }

  @Test
  void asksNothingPostsNothingAndTouchesNoResults() throws IOException {
    program.onTerminal(80).at("2026-11-26T10:00:00Z");
    program.file("results.csv", "row,line,email_account_id,status");
    try (WebhookServer webhook = WebhookServer.answering(200)) {
      Ended ended =
          run(
              "update",
              "rows.csv",
              "--dry-run",
              "--finish-by",
              "09:59",
              "--time-zone",
              "UTC",
              "--notify",
              webhook.url(),
              "--results",
              "results.csv");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
      assertThat(ended.err()).contains("contains something other than results");
      Files.delete(home.resolve("results.csv"));
      ended =
          run(
              "update",
              "rows.csv",
              "--dry-run",
              "--finish-by",
              "09:59",
              "--time-zone",
              "UTC",
              "--notify",
              webhook.url(),
              "--results",
              "results.csv");

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err())
          .contains("--finish-by 09:59 means 2026-11-27 09:59")
          .doesNotContain("[y/N]");
      assertThat(webhook.posts()).isEmpty();
      assertThat(home.resolve("results.csv")).doesNotExist();
    }
  }

  @Test
  void takesNothingFromLaterRuns() {
    api.script = call -> call.isUpdate() ? refusal() : null;
    assertThat(run("ramp", "ramp.csv", "--date", "2026-11-26").exitCode()).isEqualTo(3);
    api.script = call -> null;
    assertThat(run("ramp", "ramp.csv", "--date", "2026-11-27", "--dry-run").exitCode()).isZero();

    Ended resumed = run("resume", "1");

    assertThat(resumed.exitCode()).as("a dry run supersedes nothing: %s", resumed.err()).isZero();
    assertThat(api.updates()).contains("4 {\"max_email_per_day\":25}");
  }

  @Test
  void ofASupersededRetryIsRefusedAsTheRetryIs() throws IOException {
    api.script = call -> call.account() == 6 ? new Answer(422, "{\"message\":\"no\"}") : null;
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(1);
    api.script = call -> null;
    program.file("other.csv", "id,max_email_per_day", "6,40");
    assertThat(run("update", "other.csv").exitCode()).isZero();
    api.forget();

    assertThat(run("retry", "1", "--dry-run").exitCode()).isEqualTo(2);
    assertThat(run("retry", "1", "--dry-run", "--resume-stale").out())
        .contains("account 6 (a6@example.com): max_email_per_day 40 → 34")
        .contains("./run.sh retry 1 --resume-stale --base-url");
    assertNothingSent();
  }

  @Test
  void wordsOfTheCommandAreQuotedForTheShell() throws IOException {
    program.file("it's a ramp.csv", "id,from,start,step,cap", "4,2026-11-26,25,5,50");

    assertThat(run("ramp", "it's a ramp.csv", "--date", "2026-11-27", "--dry-run").out())
        .contains("./run.sh ramp 'it'\\''s a ramp.csv' --date 2026-11-27 --base-url ");
  }

  @Test
  void isNoSetting() throws IOException {
    program.withConfig("dry-run = true");

    assertThat(run("update", "rows.csv").err())
        .contains("dry-run: only the command line can set this option");
  }
}
