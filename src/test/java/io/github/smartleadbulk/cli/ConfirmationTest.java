package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody at a terminal is asked before accounts change. */
@Timeout(60)
class ConfirmationTest extends AgainstFakeSmartlead {

  private static final String GO_ON = "Go on? [y/N] ";

  ConfirmationTest() {
    super(30);
  }

  @BeforeEach
  void start() throws IOException {
    program.file(
        "rows.csv", "id,max_email_per_day,from_name", "4,33,", "5,34,Ben", "6,20,Anna", "x,1,");
  }

  private Ended update(String... more) {
    return run(List.of("update", "rows.csv"), more);
  }

  private String status(int run) throws IOException {
    return Files.readString(program.runFile(run, "summary.json"))
        .replaceAll("(?s).*\"status\" : \"(\\w+)\".*", "$1");
  }

  @Test
  void theQuestionSaysWhatWouldChangeWhereAndUntilWhen() throws IOException {
    program.answering("y\n");

    Ended ended = update();

    assertThat(ended.err())
        .contains(
            String.join(
                System.lineSeparator(),
                "This changes 2 accounts at " + api.url + ":",
                "",
                "  max_email_per_day     2 accounts",
                "  from_name             1 account",
                "",
                "2 calls, at least "))
        .containsPattern("finished at [^\n]*\\d\\d:\\d\\d:\\d\\d[^\n]* if you go on now\\.")
        .contains("1 row is invalid and not sent.")
        .contains(GO_ON);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"n\n", "\n", "", "no\n", "yess\n", "oui\n", "N\n", "x y\n", "\r\n", "ny\n"})
  void everythingButYesSendsNothingAndLeavesNoUnfinishedRun(String answer) throws IOException {
    program.answering(answer);

    Ended ended = update();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("You did not agree: nothing was sent.")
        .doesNotContain("error:");
    assertThat(ended.out()).isEmpty();
    assertThat(api.updates()).isEmpty();
    assertThat(status(1)).isEqualTo("refused");

    // A changed file would be refused if the run were unfinished.
    program.file("rows.csv", "id,max_email_per_day", "4,35");
    program.unattended();
    Ended next = update();
    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(api.updates()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "Y\n", "yes\n", " YES \n", "y\r\n", "y"})
  void yesInAnySpellingGoesOn(String answer) {
    program.answering(answer);

    assertThat(update().err()).contains(GO_ON);
    assertThat(api.updates()).hasSize(2);
  }

  @Test
  void nothingIsAskedWithYesOrWithoutATerminalOrIfNothingChanges() throws IOException {
    program.answering("");
    assertThat(update("--yes").err()).doesNotContain(GO_ON);
    assertThat(api.updates()).hasSize(2);
    assertThat(update().err()).as("nothing changes").doesNotContain(GO_ON);

    program.file("rows.csv", "id,max_email_per_day", "4,36");
    program.unattended().onTerminal(80);
    assertThat(update().err()).as("standard input is a pipe").doesNotContain(GO_ON);
    assertThat(api.updates()).hasSize(3);

    program.file("rows.csv", "id,max_email_per_day", "4,37");
    program.answering("").onTerminal(0);
    assertThat(update().err()).as("standard error is a file").doesNotContain(GO_ON);
    assertThat(api.updates()).hasSize(4);

    program.answering("");
    Ended sandbox = program.run("update", "rows.csv", "--sandbox");
    assertThat(sandbox.err()).as("no real accounts").doesNotContain(GO_ON);
    assertThat(sandbox.exitCode()).isZero();
  }

  @Test
  void yesCanBeASetting() throws IOException {
    program.withConfig("yes = true").answering("");

    assertThat(update().err()).doesNotContain(GO_ON);
    assertThat(api.updates()).hasSize(2);
  }

  @Test
  void quietAndJsonAreAskedToo() throws IOException {
    program.answering("n\n");
    Ended quiet = update("-q");
    assertThat(quiet.err()).contains(GO_ON);
    assertThat(quiet.exitCode()).isEqualTo(2);

    Ended json = update("--json");
    assertThat(json.err()).contains(GO_ON);
    assertThat(json.out()).contains("\"status\" : \"refused\"", "you did not agree");
    assertThat(api.updates()).isEmpty();
  }

  @Test
  void everyCommandThatSendsAsks() throws IOException {
    api.script = call -> call.isUpdate() && call.account() == 5 ? new Answer(404, "{}") : null;
    program.answering("y\n");
    assertThat(update().exitCode()).isEqualTo(1);
    api.script = call -> null;
    program.file("plan.csv", "id,from,start,step,cap", "7,2026-01-01,90,1,90");
    program.answering("n\n");
    for (List<String> command :
        List.of(List.of("retry", "1"), List.of("rollback", "1"), List.of("ramp", "plan.csv"))) {
      Ended ended = run(command);

      assertThat(ended.err()).as(command.toString()).contains("This changes 1 account at ", GO_ON);
      assertThat(ended.exitCode()).isEqualTo(2);
    }
    assertThat(api.updates()).hasSize(2);
    program.answering("y\n");
    assertThat(run("retry", "1").exitCode()).isZero();
    assertThat(api.updates()).hasSize(3);
  }

  /** What is left may differ from what the user agreed to. */
  @Test
  void aRunIsAskedAboutAgainWhenItIsResumedAndStaysUnfinishedAfterNo() throws IOException {
    program.answering("y\n");
    api.script = call -> call.account() == 5 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(update().exitCode()).isEqualTo(3);
    api.script = call -> null;
    int sent = api.updates().size();

    program.answering("n\n");
    Ended declined = run("resume");

    assertThat(declined.err())
        .contains("This changes 1 account at ", GO_ON, "You did not agree: nothing more was sent.")
        .contains("To resume run 1: ./run.sh resume 1");
    assertThat(declined.exitCode()).isEqualTo(2);
    assertThat(api.updates()).hasSize(sent);
    assertThat(status(1)).isEqualTo("stopped");

    program.answering("y\n");
    Ended resumed = update();
    assertThat(resumed.err()).contains("Run 1: resuming ", GO_ON);
    assertThat(resumed.exitCode()).isEqualTo(1);
    assertThat(status(1)).isEqualTo("finished");
  }

  @Test
  void aGuardComesBeforeTheQuestion() {
    program.answering("y\n");

    Ended ended = update("--max-changes", "1");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("guard --max-changes 1").doesNotContain(GO_ON);
  }

  @Test
  void pruneAsks() {
    assertThat(update().exitCode()).isEqualTo(1);
    String question = "This deletes 1 run (1) of 1 in " + home.resolve("var") + " and frees ";

    program.answering("n\n");
    Ended declined = program.run("prune", "--older-than", "0s");
    assertThat(declined.err()).contains(question, GO_ON, "You did not agree: nothing was deleted.");
    assertThat(declined.exitCode()).isEqualTo(2);
    assertThat(program.runFile(1, "results.csv")).exists();

    program.answering("y\n");
    Ended agreed = program.run("prune", "--older-than", "0s");
    assertThat(agreed.out()).contains("Deleted 1 run: 1");
    assertThat(agreed.exitCode()).isZero();
    assertThat(program.run("prune", "--older-than", "0s").err())
        .as("nothing to delete")
        .doesNotContain(GO_ON);
  }
}
