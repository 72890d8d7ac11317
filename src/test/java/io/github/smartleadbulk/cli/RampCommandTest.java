package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Night after night. All accounts have a limit of 20 at first. */
class RampCommandTest extends AgainstFakeSmartlead {

  private static final String HEADER = "id,from,start,step,cap";

  RampCommandTest() {
    super(30);
  }

  private void plan(String... lines) throws IOException {
    program.file("ramp.csv", lines);
  }

  private Ended ramp(String date, String... more) {
    String[] arguments = Arrays.copyOf(new String[] {"ramp", "ramp.csv"}, 4 + more.length);
    arguments[2] = "--date";
    arguments[3] = date;
    System.arraycopy(more, 0, arguments, 4, more.length);
    return api.run(program, arguments);
  }

  private long limit(long account) {
    return api.account(account).get("message_per_day").longValue();
  }

  private String result(int run, int row) throws IOException {
    String line = Files.readAllLines(program.runFile(run, "results.csv")).get(row);
    return line.substring(0, line.lastIndexOf(','));
  }

  private String input(int run) throws IOException {
    return Files.readString(program.runFile(run, "input.csv"));
  }

  @Test
  void appliesTheLimitsOfTheDayAsAnUpdateDoes() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50", "", "5,2026-11-24,20,5,50", "6,2026-12-01,25,5,50");

    Ended ended = ramp("2026-11-24");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("Run 1 finished: ramp.csv for 2026-11-24 against " + api.url);
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":30}");
    assertThat(result(1, 1)).isEqualTo("1,2,4,updated,max_email_per_day,200,1,");
    assertThat(result(1, 2)).isEqualTo("2,3,5,unchanged,,,,");
    assertThat(result(1, 3)).isEqualTo("3,4,6,skipped,,,,the row sets nothing");
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n4,20,\n");
    assertThat(input(1))
        .isEqualTo(
            """
            email_account_id,max_email_per_day,_plan_line,_day
            4,30,2,2026-11-24
            5,20,4,2026-11-24
            6,,5,2026-11-24
            """);
  }

  @Test
  void aMissedNightCatchesUpAndANightThatRunsTwiceStepsOnce() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50", "5,2026-11-23,22,1,50");
    assertThat(ramp("2026-11-23").exitCode()).isZero();
    assertThat(ramp("2026-11-26").exitCode()).isZero();
    assertThat(limit(4)).isEqualTo(40);
    assertThat(limit(5)).isEqualTo(25);
    api.forget();

    Ended twice = ramp("2026-11-26");

    assertThat(twice.exitCode()).isZero();
    assertThat(twice.out()).contains("Run 3 finished").contains("unchanged             2");
    assertThat(api.updates()).isEmpty();
  }

  @Test
  void anyDayCanBeAskedForAndAPastOneLowersNothing() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50");
    assertThat(ramp("2027-05-01").exitCode()).isZero();
    assertThat(limit(4)).isEqualTo(50);

    assertThat(ramp("2026-11-25").exitCode()).isZero();
    assertThat(limit(4)).isEqualTo(50);
    assertThat(ramp("2026-11-22").exitCode()).isZero();
    assertThat(result(3, 1)).startsWith("1,2,4,skipped,");
  }

  @Test
  void todayIsThatOfTheTimeZone() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50");
    program.at("2026-11-23T23:30:00Z");
    String[] ramp = {"ramp", "ramp.csv", "--preview", "1"};

    assertThat(program.withConfig("time-zone = UTC").run(ramp).out()).startsWith("   Nov 23");
    program.withConfig("time-zone = Europe/Berlin");
    assertThat(program.run(ramp).out()).startsWith("   Nov 24");
    assertThat(program.run("ramp", "ramp.csv", "--preview", "1", "--time-zone", "+00:15").out())
        .startsWith("   Nov 23");

    // The sandbox has the clock of this machine, whatever it shows.
    assertThat(program.run("ramp", "ramp.csv", "--allow-decrease", "--sandbox").exitCode())
        .isZero();
    assertThat(Files.readString(program.runFile(1, "input.csv"))).contains("4,30");
  }

  @Test
  void aLimitIsNeverLoweredUnlessAllowed() throws IOException {
    plan(HEADER, "4,2026-11-23,40,5,50", "5,2026-11-23,40,5,50");
    api.account(4).put("message_per_day", 50);

    Ended ended = ramp("2026-11-23");

    assertThat(ended.exitCode()).isZero();
    assertThat(api.updated()).containsExactly(5L);
    assertThat(result(1, 1))
        .isEqualTo(
            "1,2,4,kept,,,,\"max_email_per_day is 50, but the ramp says 40: not lowered"
                + " (--allow-decrease lowers it)\"");
    assertThat(program.runFile(1, "failed.csv")).doesNotExist();
    assertThat(ended.out())
        .contains("  kept                  1")
        .doesNotContain("unchanged")
        .contains(
            "line 2, account 4: kept: max_email_per_day is 50, but the ramp says 40: not lowered");
    assertThat(ended.err())
        .contains(
            "warning: 1 row was kept: its account has a higher daily limit than the ramp says. Both"
                + " limits are in "
                + program.runFile(1, "results.csv")
                + ". To lower it, run the ramp with --allow-decrease.\n");
    assertThat(Files.readString(program.runFile(1, "summary.json")))
        .contains("\"unchanged\" : 0,")
        .contains("\"kept\" : 1,");

    api.forget();
    assertThat(ramp("2026-11-23", "--allow-decrease").exitCode()).isZero();
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":40}");
  }

  @Test
  void whatIsKeptIsToldToTheNightlyJobAndInTheHistory() throws IOException {
    plan(HEADER, "4,2026-11-23,15,5,50", "5,2026-11-23,20,5,50", "6,2026-11-23,10,5,50");

    Ended ended = ramp("2026-11-23", "-q");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("warning: 2 rows were kept: their accounts have a higher daily limit")
        .hasLineCount(1);
    assertThat(result(1, 2)).as("already so").isEqualTo("2,3,5,unchanged,,,,");
    assertThat(program.run("show", "1").out())
        .contains("  unchanged             1")
        .contains("  kept                  2")
        .contains(
            "2 rows kept, such as line 2, account 4: max_email_per_day is 20, but the ramp says 15");
    assertThat(program.run("show", "1", "--status", "kept").out())
        .contains("but the ramp says 15", "but the ramp says 10");
    assertThat(ramp("2026-11-23", "-q", "--allow-decrease"))
        .as("nothing kept, nothing said")
        .isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void anInterruptedNightTellsWhatItKeptBefore() throws IOException {
    plan(HEADER, "4,2026-11-23,15,5,50", "5,2026-11-23,25,5,50", "6,2026-11-23,10,5,50");
    api.script = call -> call.account() == 5 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(ramp("2026-11-23", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;

    Ended ended = ramp("2026-11-23");

    assertThat(ended.err()).contains("warning: 2 rows were kept");
    assertThat(result(1, 1)).startsWith("1,2,4,kept,");
    assertThat(result(1, 3)).startsWith("3,4,6,kept,");
    assertThat(Files.readString(program.runFile(1, "summary.json")))
        .contains("\"updated\" : 1,")
        .contains("\"kept\" : 2,");
  }

  @Test
  void whereThePresentLimitIsNotKnownNothingIsSentUnlessAllowed() throws IOException {
    plan(
        HEADER,
        "4,2026-11-23,40,5,50",
        "5,2026-11-23,40,5,50",
        "6,2026-11-23,40,5,50",
        "77,2026-11-23,40,5,50");
    api.account(4).remove("message_per_day");
    api.account(5).putNull("message_per_day");

    Ended ended = ramp("2026-11-23");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(6L);
    for (int row = 1; row <= 2; row++) {
      assertThat(result(1, row))
          .contains(",failed,,,,")
          .contains("its present value is not known")
          .contains("--allow-decrease");
    }
    assertThat(result(1, 4)).contains(",failed,,,,").contains("the account is not in the list");

    api.forget();
    assertThat(ramp("2026-11-23", "--allow-decrease").exitCode()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(4L, 5L, 77L);
  }

  @Test
  void theListIsReadAsFarAsItTakes() throws IOException {
    for (long id = 31; id <= 250; id++) {
      api.add(id);
    }
    plan(HEADER, "249,2026-11-23,40,5,50");

    assertThat(ramp("2026-11-23").exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(0L, 99L, 198L);
    assertThat(api.updated()).containsExactly(249L);
  }

  @Test
  void withoutReadingTheAccountsItMayNotBe() throws IOException {
    plan(HEADER, "4,2026-11-23,40,5,50");

    Ended ended = ramp("2026-11-23", "--snapshot", "none");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("--snapshot none").contains("--allow-decrease");
    assertThat(api.updates()).isEmpty();
    assertThat(ramp("2026-11-24", "--snapshot", "none", "--allow-decrease").exitCode()).isZero();
    assertThat(api.updated()).containsExactly(4L);
  }

  @Test
  void accountsMayBeNamedByAddress() throws IOException {
    plan(
        "email;id;from;start;step;cap;owner",
        "A4@example.com;;2026-11-23;40;5;50;Ben",
        ";5;2026-11-23;40;5;50;Ben",
        "a6@example.com;6;2026-11-23;40;5;50;Ben",
        "a7@example.com;8;2026-11-23;40;5;50;Ben",
        "nobody@example.com;;2026-11-23;40;5;50;Ben");

    Ended ended = ramp("2026-11-23", "--ignore-columns", "owner");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(4L, 5L, 6L);
    assertThat(result(1, 4)).contains("account 8 has the address a8@example.com");
    assertThat(result(1, 5)).contains("no account has the address nobody@example.com");
    assertThat(input(1)).startsWith("email_account_id,from_email,max_email_per_day,");
  }

  @Test
  void twoRowsThatTurnOutToBeForOneAccountAreNotSent() throws IOException {
    plan(
        "email,id,from,start,step,cap",
        "a4@example.com,,2026-11-23,40,5,50",
        ",4,2026-11-23,30,5,50",
        ",5,2026-11-23,30,5,50");

    assertThat(ramp("2026-11-23").exitCode()).isEqualTo(1);

    assertThat(api.updated()).containsExactly(5L);
    assertThat(result(1, 1)).contains(",invalid,");
    assertThat(result(1, 2)).contains(",invalid,");
  }

  @Test
  void standardInputIsAPlanToo() {
    program.withInput(HEADER + "\n4,2026-11-23,40,5,50\n");

    Ended ended = api.run(program, "ramp", "-", "--date", "2026-11-23");

    assertThat(ended.out()).contains("standard input for 2026-11-23 against");
    assertThat(api.updated()).containsExactly(4L);
  }

  @Test
  void anInterruptedNightGoesOnWithTheSameCommand() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50", "5,2026-11-23,25,5,50", "6,2026-11-23,25,5,50");
    api.script = call -> call.account() == 5 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(ramp("2026-11-23", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;
    api.forget();
    assertThat(ramp("2026-11-23", "--if-unfinished", "skip").exitCode()).isZero();
    assertThat(api.updated()).isEmpty();

    Ended ended = ramp("2026-11-23");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("Run 1 finished");
    assertThat(api.updated()).containsExactly(5L, 6L);
  }

  @Test
  void theNextDayIsARunOfItsOwnAndWhatItHasRaisedStays() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50");
    api.script = call -> call.isPage() ? null : new Answer(401, "{\"message\":\"no\"}");
    assertThat(ramp("2026-11-23").exitCode()).isEqualTo(3);
    api.script = call -> null;
    assertThat(ramp("2026-11-24").out()).contains("Run 2 finished: ramp.csv for 2026-11-24");
    assertThat(program.run("runs").out()).contains("stopped").contains("ramp.csv for 2026-11-23");
    api.forget();

    Ended refused = api.run(program, "resume", "1");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("run 1 is superseded: run 2 was the ramp of a later day");
    assertThat(api.updates()).isEmpty();

    Ended late = api.run(program, "resume", "1", "--resume-stale");

    assertThat(late.exitCode()).as(late.err()).isZero();
    assertThat(api.offsets()).as("the accounts are read again").isNotEmpty();
    assertThat(api.updates()).isEmpty();
    assertThat(result(1, 1)).contains("is 30, but the ramp says 25: not lowered");
  }

  @Test
  void aDayWithoutAStepIsARunOfItsOwnToo() throws IOException {
    plan("id,from,start,step,cap,weekdays", "4,2026-11-20,25,5,50,mon-fri");
    api.script = call -> call.isPage() ? null : new Answer(401, "{\"message\":\"no\"}");
    assertThat(ramp("2026-11-21").exitCode()).isEqualTo(3);
    api.script = call -> null;

    assertThat(ramp("2026-11-22").out()).contains("Run 2 finished: ramp.csv for 2026-11-22");
  }

  @Test
  void anotherWishForTheSameNightIsRefusedOrBeginsAfresh() throws IOException {
    plan(HEADER, "4,2026-11-23,15,5,50");
    api.script = call -> call.isPage() ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(ramp("2026-11-23").exitCode()).isEqualTo(3);
    api.script = call -> null;

    Ended refused = ramp("2026-11-23", "--allow-decrease");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("other options (none) than this command (--allow-decrease).")
        .contains("add --fresh");

    assertThat(ramp("2026-11-23", "--allow-decrease", "--fresh").exitCode()).isZero();
    assertThat(limit(4)).isEqualTo(15);
  }

  @Test
  void aRollbackPutsTheLimitsBack() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50");
    assertThat(ramp("2026-11-23").exitCode()).isZero();

    assertThat(api.run(program, "rollback", "1").exitCode()).isZero();

    assertThat(limit(4)).isEqualTo(20);
  }

  @Test
  void aRetryLowersNothingEither() throws IOException {
    plan(HEADER, "4,2026-11-23,25,5,50", "5,2026-11-23,25,5,50");
    api.script = call -> call.isPage() ? null : new Answer(422, "{\"message\":\"not today\"}");
    assertThat(ramp("2026-11-23").exitCode()).isEqualTo(1);
    api.script = call -> null;
    api.account(4).put("message_per_day", 30);
    api.forget();

    assertThat(api.run(program, "retry", "1").exitCode()).isZero();

    assertThat(api.updates()).containsExactly("5 {\"max_email_per_day\":25}");
    assertThat(result(2, 1)).contains(",kept,").contains("is 30, but the ramp says 25");
  }

  @Test
  void whatAPlanHasReadIsNotReliedOn() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,21");
    assertThat(api.run(program, "plan", "rows.csv").exitCode()).isZero();
    api.account(4).put("message_per_day", 45);
    plan(HEADER, "4,2026-11-23,40,5,50");

    assertThat(ramp("2026-11-23").exitCode()).isZero();

    assertThat(limit(4)).isEqualTo(45);
    assertThat(api.updates()).isEqualTo(List.of());
  }
}
