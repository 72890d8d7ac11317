package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a report says about failures, and what to do next. */
class NextStepsTest extends AgainstFakeSmartlead {

  private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");

  NextStepsTest() {
    super(60);
  }

  /** The command below a line of the report, as a shell gives it to the program. */
  private static String[] command(Ended ended, String aim) {
    String line = "  " + aim + ":";
    assertThat(ended.out()).contains(line);
    return split(ended.out().substring(ended.out().indexOf(line) + line.length()));
  }

  private static String[] split(String text) {
    String command = text.strip();
    Matcher end = Pattern.compile("\n(?:  To |\\z)").matcher(command);
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(end.find() ? command.substring(0, end.start()) : command);
    while (matcher.find()) {
      words.add(matcher.group().replace("'", ""));
    }
    assertThat(words.remove(0)).isEqualTo("./run.sh");
    return words.toArray(String[]::new);
  }

  @Test
  void aRunThatChangedSomethingEndsWithItsUndoing() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33");
    Ended ended = run("update", "rows.csv");

    assertThat(ended.out())
        .endsWith(
            String.join(
                System.lineSeparator(),
                "",
                "  To undo this run:",
                "    ./run.sh rollback 1 --base-url " + api.url + " --rate unlimited",
                ""));
    assertThat(
            program
                .with("SMARTLEAD_API_KEY", "k")
                .run(command(ended, "To undo this run"))
                .exitCode())
        .isZero();
    assertThat(api.account(4).get("message_per_day").intValue()).isEqualTo(20);
    assertThat(run("update", "rows.csv", "-q")).isEqualTo(new Ended(0, "", ""));
    assertThat(run("update", "rows.csv").out()).as("nothing changed").doesNotContain("To undo");
  }

  @Test
  void failuresAreCountedByReasonHoweverManyThereAre() throws IOException {
    StringBuilder rows = new StringBuilder("id,max_email_per_day\n");
    for (int id = 1; id <= 60; id++) {
      rows.append(id).append(",33\n");
    }
    program.file("rows.csv", rows.toString().strip());
    api.script =
        call ->
            !call.isUpdate() || call.account() > 45
                ? null
                : call.account() == 7
                    ? new Answer(400, "{\"message\":\"not today\"}")
                    : new Answer(
                        404, "{\"message\":\"no account %d here\"}".formatted(call.account()));

    Ended ended = run("update", "rows.csv");

    assertThat(ended.out())
        .contains(
            "  44 rows failed, such as line 2, account 1: no account 1 here"
                + System.lineSeparator())
        .contains("  line 8, account 7: failed: not today" + System.lineSeparator())
        .doesNotContain("for other reasons", "To correct rows");
    api.script = call -> null;
    Ended retried =
        program.with("SMARTLEAD_API_KEY", "k").run(command(ended, "To send the failed rows again"));
    assertThat(retried.out()).contains("updated              45");
  }

  @Test
  void moreReasonsThanAreToldAreCounted() throws IOException {
    StringBuilder rows = new StringBuilder("id,max_email_per_day\n");
    for (int id = 1; id <= 30; id++) {
      rows.append(id).append(",33\n");
    }
    program.file("rows.csv", rows.toString().strip());
    api.script =
        call ->
            call.isUpdate()
                ? new Answer(400, "{\"message\":\"no " + "x".repeat((int) call.account()) + "\"}")
                : null;

    assertThat(run("update", "rows.csv").out())
        .contains("  line 2, account 1: failed: no x")
        .contains("  and 20 rows for other reasons. The files below have all rows.");
  }

  /** What the file needs to be read as before stands in the command. */
  @Test
  void theCommandForTheCorrectedFileHasTheOptionsThatItNeeds() throws IOException {
    Files.write(
        home.resolve("rows.csv"),
        "Konto;Limit;Stadt;note\n4;many;Köln;a\n5;250;Köln;b\n6;0;Köln;c\n"
            .getBytes(Charset.forName("windows-1252")));
    Ended ended =
        run(
            "update",
            "rows.csv",
            "--charset",
            "windows-1252",
            "--delimiter",
            ";",
            "--map",
            "Konto=id;Limit=max_email_per_day",
            "--ignore-columns",
            "note",
            "--allow-zero",
            "--ceiling",
            "300",
            "--set",
            "from_name=Ann aus {{stadt}}");
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    String[] again = command(ended, "To correct rows, edit failed.csv, then");
    Charset charset = Charset.forName("windows-1252");
    Files.writeString(
        program.runFile(1, "failed.csv"),
        Files.readString(program.runFile(1, "failed.csv"), charset).replace("many", "40"),
        charset);

    Ended corrected = program.with("SMARTLEAD_API_KEY", "k").run(again);

    assertThat(corrected.exitCode()).as(corrected.err() + corrected.out()).isZero();
    assertThat(api.account(4).get("message_per_day").intValue()).isEqualTo(40);
    assertThat(api.account(4).get("from_name").stringValue()).isEqualTo("Ann aus Köln");
  }

  /** The run keeps its options, so whoever resumes it gets the same command. */
  @Test
  void aResumedRunKnowsTheOptionsToo() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,many", "5,33", "6,34");
    api.script = call -> call.account() == 5 ? new Answer(401, "{\"message\":\"no\"}") : null;
    Ended stopped = run("update", "rows.csv", "--set", "from_name=it's \"Ann\"", "--allow-above");
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(stopped.out())
        .contains("  To resume this run:")
        .doesNotContain("To correct rows", "To send the");
    api.script = call -> null;

    program.with("SMARTLEAD_API_KEY", "key");
    Ended resumed = program.run("resume", "1", "--rate", "unlimited");

    assertThat(resumed.out())
        .contains(
            "update "
                + program.runFile(1, "failed.csv")
                + " --allow-above --set 'from_name=it'\\''s \"Ann\"' --base-url "
                + api.url
                + " --rate unlimited");
  }

  @Test
  void theSandboxIsNamedAndAGuardHasSaidWhatToDo() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,many");
    Ended ended = program.run("update", "rows.csv", "--sandbox");
    assertThat(command(ended, "To correct rows, edit failed.csv, then"))
        .containsExactly("update", program.runFile(1, "failed.csv").toString(), "--sandbox");

    program.file("rows.csv", "id,max_email_per_day", "4,34", "5,35");
    Ended guarded = run("update", "rows.csv", "--max-changes", "1");
    assertThat(guarded.exitCode()).isEqualTo(4);
    assertThat(guarded.out()).doesNotContain("To resume", "To undo");
  }
}
