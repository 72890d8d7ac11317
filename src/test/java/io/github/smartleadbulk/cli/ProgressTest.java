package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

  @TempDir Path home;

  private TestProgram program() throws IOException {
    TestProgram program = new TestProgram(home);
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        IntStream.range(1, 14).mapToObj(id -> id + ",5").collect(joining("\n")));
    return program;
  }

  @Test
  void aTerminalHasALineThatSaysWhatIsWaitedForAndIsGoneAtTheEnd() throws IOException {
    Ended ended =
        program().onTerminal(120).run("update", "rows.csv", "--sandbox", "--rate", "10/2s");

    assertThat(ended.err())
        .containsPattern(
            "\r7 of 13 rows, 7 updated, 6 to send, window of 8/2s full until \\d\\d:\\d\\d:\\d\\d,"
                + " done at \\d\\d:\\d\\d:\\d\\d (UTC|[-+]\\d\\d:\\d\\d)\u001B\\[K")
        .doesNotContain("calls/s")
        .endsWith("\r\u001B[K");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 30, 40, 60, 80})
  void aNarrowTerminalIsNotOverrun(int columns) throws IOException {
    Ended ended =
        program().onTerminal(columns).run("update", "rows.csv", "--sandbox", "--rate", "10/2s");

    assertThat(ended.err().split("\r"))
        .allSatisfy(line -> assertThat(line.replace("\u001B[K", "").lines().count()).isLessThan(3))
        .filteredOn(line -> line.contains("\u001B[K"))
        .extracting(line -> line.replaceFirst("\u001B.*", "").length())
        .allSatisfy(width -> assertThat(width).isLessThan(columns))
        .anySatisfy(width -> assertThat(width).isGreaterThan(columns / 3));
  }

  @Test
  void elsewhereThereAreOnlyLines() throws IOException {
    Ended ended = program().run("update", "rows.csv", "--sandbox", "--rate", "unlimited");

    assertThat(ended.err()).isEqualTo("Run 1: rows.csv against sandbox" + System.lineSeparator());
  }

  @Test
  void quietHasNoLine() throws IOException {
    Ended ended =
        program().onTerminal(120).run("update", "rows.csv", "--sandbox", "--rate", "10/2s", "-q");

    assertThat(ended.err()).doesNotContain("of 13 rows");
  }

  @Test
  void aDumbTerminalGetsNoEscapes() throws IOException {
    Ended ended =
        program()
            .onTerminal(120)
            .with("TERM", "dumb")
            .run("update", "rows.csv", "--sandbox", "--rate", "10/2s");

    assertThat(ended.err()).doesNotContain("\u001B").doesNotContain("\r");
  }

  /** Of 500 rows, 10 need a call. They fit in the hour, and 500 do not. */
  @Test
  void theFinishIsThatOfTheCallsThatAreStillNeeded() throws IOException {
    try (Sandbox sandbox = sandbox()) {
      TestProgram program = new TestProgram(home).onTerminal(200).with("SMARTLEAD_API_KEY", "key");
      String url = sandbox.baseUrl().toString();
      program.file("all.csv", "id,max_email_per_day", rows(0, 500, 5));
      program.file("some.csv", "id,max_email_per_day", rows(0, 490, 5), rows(490, 500, 6));
      program.run("update", "all.csv", "--base-url", url, "--rate", "unlimited");

      Ended ended =
          program.run(
              "update", "some.csv", "--base-url", url, "--rate", "100/h", "--concurrency", "1");

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err())
          .containsPattern(
              "\r49\\d of 500 rows, (\\d updated, )?490 unchanged, [1-9]0? to send, ([.0-9]+ calls/s, )?done at ");
      LocalDateTime inAnHour = LocalDateTime.now(ZoneId.systemDefault()).plusHours(1);
      assertThat(finishes(ended.err()))
          .isNotEmpty()
          .allSatisfy(finish -> assertThat(finish).isBefore(inAnHour));
    }
  }

  private static Sandbox sandbox() throws IOException {
    return Sandbox.start(
        new SandboxSettings(
            0, 500, List.of(), Duration.ofMillis(250), FaultPlan.parse("none"), null, 1, null));
  }

  private static String rows(int first, int end, int limit) {
    return IntStream.range(first, end)
        .mapToObj(i -> (Sandbox.FIRST_ACCOUNT_ID + i) + "," + limit)
        .collect(joining("\n"));
  }

  private static List<LocalDateTime> finishes(String err) {
    return Pattern.compile("done at (?:([-0-9]+) )?([0-9:]+)")
        .matcher(err)
        .results()
        .map(
            found ->
                LocalDateTime.of(
                    found.group(1) == null
                        ? LocalDate.now(ZoneId.systemDefault())
                        : LocalDate.parse(found.group(1)),
                    LocalTime.parse(found.group(2))))
        .toList();
  }
}
