package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Curves in the config file, in the folder of the plan and on the command line. */
class RampCurvesTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home);
    Files.createDirectories(home.resolve("plans"));
    program.file("plans/ramp.csv", "id,from,curve", "1,2026-11-27,usual");
  }

  private Ended preview(String... more) {
    return program.run(
        Stream.concat(
                Stream.of("ramp", "plans/ramp.csv", "--date", "2026-11-27", "--preview", "2"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void curves(String... lines) throws IOException {
    program.file("plans/curves.properties", lines);
  }

  private static void assertLimits(Ended ended, int first, int second) {
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).endsWith("1  %6d  %6d\n".formatted(first, second));
  }

  @Test
  void theCommandLineBeatsTheFolderAndTheFolderTheConfig() throws IOException {
    program.withConfig("curve.usual = days: 1, 2", "curve.other = days: 9");
    assertLimits(preview(), 1, 2);
    curves("# of this client", "usual = days: 3, 4");
    assertLimits(preview(), 3, 4);
    assertLimits(preview("--curve", "usual=days: 5, 6"), 5, 6);
    assertLimits(preview("--curve", "quick=days: 7", "--curve", " usual = weeks: 5-11"), 5, 6);
    program.file("plans/ramp.csv", "id,from,curve", "1,2026-11-27,other");
    assertLimits(preview(), 9, 9);
  }

  @Test
  void aLineOfTheConfigFileWorksInTheFolderToo() throws IOException {
    curves("\uFEFFcurve.usual=days: 3, 4");
    assertLimits(preview(), 3, 4);
  }

  @Test
  void aRampTakesThem() throws IOException {
    program.file("plans/ramp.csv", "id,from,curve", "10000001,2026-11-27,usual");

    Ended ended =
        program.run(
            "ramp",
            "plans/ramp.csv",
            "--date",
            "2026-11-28",
            "--curve",
            "usual=days: 150, 160",
            "--sandbox");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(Files.readString(program.runFile(1, "input.csv"))).contains("10000001,160,");
  }

  @Test
  void standardInputHasNoFolder() throws IOException {
    program.withInput("id,from,curve\n1,2026-11-27,usual\n");
    program.file("curves.properties", "usual = days: 3, 4");
    String[] ramp = {"ramp", "-", "--date", "2026-11-27", "--preview", "2"};

    assertThat(program.run(ramp).err())
        .isEqualTo(
            """
            error: standard input: the plan cannot be used. Nothing was sent.
              line 2, account 1: curve: found "usual", expected a defined curve, but none is defined
              To define this curve, add to the command:
                --curve "usual=weeks: 5-10, 10-20, 30-50"
            """);
    program.withInput("id,from,curve\n1,2026-11-27,usual\n").withConfig("curve.usual = days: 1, 2");
    assertLimits(program.run(ramp), 1, 2);
  }

  @Test
  void anUnknownCurveIsToldOnceWithTheLineToAdd() throws IOException {
    program.withConfig("curve.quick = days: 1, 2");
    program.file(
        "plans/ramp.csv",
        "id,from,curve",
        IntStream.rangeClosed(1, 3_000)
            .mapToObj(id -> id + ",2026-11-27,usual")
            .collect(joining("\n")));

    Ended ended = preview();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            """
            error: plans/ramp.csv: the plan cannot be used. Nothing was sent.
              line 2, account 1 and 2999 more rows: curve: found "usual", expected a defined curve: quick
              To define this curve, add to %s, with your own limits:
                usual = weeks: 5-10, 10-20, 30-50
            """
                .formatted(home.resolve("plans/curves.properties")));
  }

  @ParameterizedTest
  @CsvSource({"usual", "my curve", "a:b", "a=b", "#1", "!x", "größer", "Tom's"})
  void theLineToAddDefinesTheCurve(String name) throws IOException {
    program.file("plans/ramp.csv", "id,from,curve", "1,2026-11-27,\"" + name + "\"");
    String line = preview().err().lines().reduce((before, last) -> last).orElseThrow().strip();

    curves(line);

    assertLimits(preview(), 5, 5);
  }

  @Test
  void severalUnknownCurvesAreToldTogether() throws IOException {
    program.file("plans/ramp.csv", "id,from,curve", "1,2026-11-27,b", "2,soon,a", "3,2026-11-27,b");

    assertThat(preview().err())
        .contains("  line 2, account 1 and 1 more row: curve: found \"b\"")
        .contains("  line 3, account 2: curve: found \"a\"")
        .contains("  line 3, account 2: from: found \"soon\"")
        .contains("  To define these curves, add to ")
        .endsWith("    b = weeks: 5-10, 10-20, 30-50\n    a = weeks: 5-10, 10-20, 30-50\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usual               | --curve: found "usual", expected NAME=CURVE, such as usual="weeks: 5-10, 10-20, 30-50"
          =days: 5            | --curve: found no name before days: 5
          usual=5, 6          | --curve usual: found "5, 6", expected a curve such as weeks: 5-10, 10-20, 30-50 or days: 5, 7, 9, 12
          usual=days: 6, 5    | --curve usual: found "5", expected a limit of 6 or more, because a curve never falls
          usual=              | --curve usual: found "", expected a curve such as
          """)
  void anOptionThatIsNoCurveIsRefused(String option, String message) {
    Ended ended = preview("--curve", option);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("error: " + message);
  }

  @Test
  void oneCurveTwiceIsRefused() throws IOException {
    assertThat(preview("--curve", "a=days: 1", "--curve", "a=days: 2").err())
        .isEqualTo("error: --curve a: found this curve twice, expected each curve once\n");
    curves("usual=days: 1", "curve.usual=days: 2");
    assertThat(preview().err()).contains("found this curve twice");
  }

  @Test
  void aBadCurveInTheFolderIsToldWithItsFile() throws IOException {
    curves("usual = weeks: 10-5");

    Ended ended = preview();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "error: %s: usual: found \"10-5\", expected a limit of 10 or more, because a curve never falls\n"
                .formatted(home.resolve("plans/curves.properties")));
  }

  @Test
  void isNoSetting() throws IOException {
    program.withConfig("curve = usual=days: 1");

    assertThat(preview().err()).contains("curve: only the command line can set this option");
  }
}
