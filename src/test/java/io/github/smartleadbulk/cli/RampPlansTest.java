package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans, good and bad, without a key and without a call. */
class RampPlansTest {

  private static final String[] PREVIEW = {
    "ramp", "ramp.csv", "--date", "2026-11-27", "--preview", "5"
  };

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() {
    program = new TestProgram(home);
  }

  private static String[] and(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private void assertRefused(String... messages) {
    Ended ended = program.run("ramp", "ramp.csv", "--sandbox");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("error: ramp.csv").contains(messages);
    assertThat(program.run("runs").out()).startsWith("There are no runs yet.");
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void previewIsATableOfTheComingDaysAndNothingElse() throws IOException {
    program.file(
        "ramp.csv",
        "id,email,from,start,step,cap,weekdays",
        "1,anna@example.com,2026-11-26,5,5,30,mon-fri",
        "12345,,2026-11-30,98,1,100,");

    Ended ended = program.run(PREVIEW);

    assertThat(ended)
        .isEqualTo(
            new Ended(
                0,
                """
                                  Nov 27  Nov 28  Nov 29  Nov 30   Dec 1
                anna@example.com      10      10      10      15      20
                12345                                         98      99
                total                 10      10      10     113     119
                """,
                ""));
    assertThat(home.resolve("var")).doesNotExist();
    assertThat(program.onTerminal(34).run(PREVIEW).out())
        .startsWith(
            """
                              Nov 27  Nov 28
            anna@example.com      10      10
            12345
            total                 10      10

                              Nov 29  Nov 30
            """);
  }

  @Test
  void aPreviewTellsNobodyElse() throws IOException {
    program.file("ramp.csv", "id,from,start,step,cap", "1,2026-11-28,5,5,10");
    try (WebhookServer webhook = WebhookServer.answering(200)) {
      assertThat(program.run(and(PREVIEW, "--notify", webhook.url())).exitCode()).isZero();

      assertThat(webhook.posts()).isEmpty();
    }
  }

  @Test
  void previewAsJson() throws IOException {
    program.file(
        "ramp.csv",
        "id,email,from,start,step,cap",
        "1,,2026-11-28,5,5,10",
        ",b@x.com,2026-11-23,1,1,3");

    assertThat(program.run(and(PREVIEW, "--json")).out())
        .isEqualToIgnoringNewLines(
            "{\"dates\":[\"2026-11-27\",\"2026-11-28\",\"2026-11-29\",\"2026-11-30\",\"2026-12-01\"],"
                + "\"accounts\":[{\"line\":2,\"email_account_id\":1,\"limits\":[null,5,10,10,10]},"
                + "{\"line\":3,\"from_email\":\"b@x.com\",\"limits\":[3,3,3,3,3]}],"
                + "\"totals\":[3,8,13,13,13]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "367", "-1"})
  void previewOfTooManyDays(String days) throws IOException {
    program.file("ramp.csv", "id,from,start,step,cap", "1,2026-11-28,5,5,10");

    Ended ended = program.run("ramp", "ramp.csv", "--preview", days);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("expected a number of days from 1 to 366");
  }

  @Test
  void curvesComeFromTheConfig() throws IOException {
    program.withConfig("curve.usual = weeks: 5-9, 20", "curve.quick = days: 1, 2, 3");
    program.file(
        "ramp.csv",
        "id,from,curve,weekdays,cap",
        "1,2026-11-24,usual,mon-fri,",
        "2,2026-11-26,quick,,2");

    assertThat(program.run(PREVIEW).out())
        .isEqualTo(
            """
                   Nov 27  Nov 28  Nov 29  Nov 30   Dec 1
            1           8       8       8       9      20
            2           2       2       2       2       2
            total      10      10      10      11      22
            """);
  }

  @Test
  void aBadCurveIsToldWithFileAndKey() throws IOException {
    program.withConfig("curve.usual = weeks: 10-5");

    Ended ended = program.run("runs");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains(Path.of("config", "smartlead-bulk.properties").toString())
        .contains(
            "curve.usual: found \"10-5\", expected a limit of 10 or more, because a curve never falls");
  }

  @Test
  void aBadPlanIsRefusedWithAllItsProblemsAndLeavesNoTrace() throws IOException {
    program.file(
        "ramp.csv",
        "id,from,start,step,cap,curve",
        "1,2026-11-23,25,5,20,",
        "2,,25,5,50,",
        "3,2026-11-23,25,5,50,",
        "4,2026-11-23,,,,steep",
        "3,2026-11-23,25,5,50,");

    assertRefused(
        "ramp.csv: the plan cannot be used. Nothing was sent.\n",
        "  line 2, account 1: cap: found \"20\", expected a limit of 25 or more",
        "  line 3, account 2: from: found a blank cell, expected the date of the first day\n",
        "  line 4, account 3: email_account_id: found account 3 also in line 6",
        "  line 5, account 4: curve: found \"steep\", expected a defined curve, but none is defined\n",
        "  line 6, account 3: email_account_id: found account 3 also in line 4");
  }

  @Test
  void ofManyProblemsTheFirstAreTold() throws IOException {
    program.file(
        "ramp.csv",
        Stream.concat(
                Stream.of("id,from,start,step,cap"),
                IntStream.rangeClosed(1, 62).mapToObj(id -> id + ",soon,5,5,10"))
            .toArray(String[]::new));

    assertRefused("  line 51, account 50: from:", "\n  and 12 more");
    assertThat(program.run("ramp", "ramp.csv").err()).doesNotContain("line 52");
  }

  @Test
  void aHeaderThatWillNotDoIsRefused() throws IOException {
    program.file("ramp.csv", "id,form,start,step,cap", "1,2026-11-28,5,5,10");
    assertRefused("found \"form\", expected a known name; the nearest is from");

    program.file("ramp.csv", "id,start,step,cap", "1,5,5,10");
    assertRefused("header: found no column from");
  }

  @Test
  void aPlanAboveTheCeilingIsRefusedUnlessAllowed() throws IOException {
    program.withConfig("curve.steep = weeks: 5-500");
    program.file(
        "ramp.csv",
        "id,from,start,step,cap,curve",
        "1,2026-11-23,5,5,201,",
        "2,2026-11-23,,,,steep",
        "3,2026-11-23,,,200,steep");

    assertRefused(
        "line 2, account 1: cap: found \"201\", expected at most 200 a day (more only with --allow-above)",
        "line 3, account 2: curve: found \"steep\", expected at most 200 a day");
    assertThat(program.run(and(PREVIEW, "--ceiling", "500")).exitCode()).isZero();
    assertThat(
            program
                .run("ramp", "ramp.csv", "--date", "2027-11-23", "--allow-above", "--sandbox")
                .exitCode())
        .isZero();
  }
}
