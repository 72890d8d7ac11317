package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.cli.option.GuardOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.StandardError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which moment a time of day means. */
class FinishByTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    // Plain days; a time that is just now is tomorrow's.
    "2026-11-26T21:00:00Z, 06:00, 2026-11-27T05:00:00Z",
    "2026-11-26T05:00:00Z, 06:00, 2026-11-27T05:00:00Z",
    "2026-11-26T04:59:59Z, 06:00, 2026-11-26T05:00:00Z",
    // 29 March 2026 has no time from 02:00 to 03:00, which is 01:00 in UTC.
    "2026-03-28T22:00:00Z, 02:30, 2026-03-29T01:00:00Z",
    "2026-03-29T00:59:59Z, 02:30, 2026-03-29T01:00:00Z",
    "2026-03-29T01:00:00Z, 02:30, 2026-03-30T00:30:00Z",
    "2026-03-28T22:00:00Z, 03:00, 2026-03-29T01:00:00Z",
    "2026-03-28T22:00:00Z, 06:00, 2026-03-29T04:00:00Z",
    // 25 October 2026 has that time twice.
    "2026-10-24T22:00:00Z, 02:30, 2026-10-25T00:30:00Z",
    "2026-10-25T00:30:00Z, 02:30, 2026-10-25T01:30:00Z",
    "2026-10-25T01:30:00Z, 02:30, 2026-10-26T01:30:00Z",
    "2026-10-24T22:00:00Z, 06:00, 2026-10-25T05:00:00Z"
  })
  void isTheNextMomentAtWhichTheClockShowsSo(Instant now, String time, Instant expected) {
    assertThat(guards(time).guards(Clock.fixed(now, ZoneOffset.UTC)).finishBy())
        .isEqualTo(expected);
  }

  /** However long the command waits for its turn: it must not become tomorrow's. */
  @Test
  void isCountedFromTheStartOfTheCommand() {
    GuardOptions guards = guards("06:00");
    guards.start(at("2026-11-26T04:50:00Z"), null);

    assertThat(guards.untilDeadline(at("2026-11-26T04:55:00Z"))).contains(Duration.ofMinutes(5));
    assertThat(guards.guards(at("2026-11-26T05:10:00Z")).finishBy())
        .isEqualTo("2026-11-26T05:00:00Z");
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }

  @Test
  void aTimeThatIsJustOverIsSaidToMeanTomorrow() {
    tell("2026-11-26T05:05:00Z", 0, "");

    assertThat(told())
        .isEqualTo(
            "warning: --finish-by 06:00 means 2026-11-27 06:00 (Europe/Berlin): this time has passed today\n");
  }

  @Test
  void aTimeOfTheComingMorningNeedsNoWord() {
    tell("2026-11-26T21:00:00Z", 80, "");

    assertThat(told()).isEmpty();
  }

  @Test
  void onATerminalItIsAsked() {
    tell("2026-11-26T05:05:00Z", 80, "y\n");
    assertThat(told()).endsWith("Start now? [y/N] ");
    assertThatThrownBy(() -> tell("2026-11-26T05:05:00Z", 80, "\n"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--finish-by 06:00 has passed today. Nothing was sent.");
    assertThatThrownBy(() -> tell("2026-11-26T05:05:00Z", 80, ""))
        .isInstanceOf(UsageException.class);
  }

  private void tell(String now, int columns, String answer) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    ProcessEnvironment environment =
        new ProcessEnvironment(
            Map.of(),
            Path.of(""),
            Path.of(""),
            new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
            stream,
            stream,
            columns,
            Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    guards("06:00").tellDeadline(environment, new StandardError(stream, false, false), columns > 0);
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static GuardOptions guards(String finishBy) {
    GuardOptions guards = new GuardOptions();
    guards.finishBy = finishBy;
    guards.timeZone = "Europe/Berlin";
    return guards;
  }
}
