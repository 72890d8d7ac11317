package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks that are wrong, are set, or leave hours out; of this machine and of the server. */
@Timeout(120)
class ClocksTest extends AgainstFakeSmartlead {

  private static final int ROWS = 30;

  private final MovedClock clock = new MovedClock();

  ClocksTest() {
    super(ROWS);
  }

  @BeforeEach
  void start() throws IOException {
    program = program.by(clock);
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        LongStream.rangeClosed(1, ROWS).mapToObj(id -> id + ",33").collect(joining("\n")));
  }

  /** Sets the clock while the third row is sent. */
  private void moveAtThirdRow(Duration by) {
    int[] updates = new int[1];
    api.script =
        call -> {
          if (!call.isPage() && ++updates[0] == 3) {
            clock.move(by);
          }
          return null;
        };
  }

  private void writeRamp() throws IOException {
    program.file("ramp.csv", "email_account_id,from,start,step,cap", "1,2026-11-01,50,1,150");
  }

  /** Fails unless the run ends with exit code 5. */
  private Ended runOutOfTime(String... options) {
    List<String> arguments = new ArrayList<>(List.of("update", "rows.csv"));
    arguments.addAll(List.of(options));
    Ended ended = api.run(program, arguments.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
    return ended;
  }

  private static String inTwoHours() {
    return LocalTime.ofInstant(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.MINUTES)
        .toString();
  }

  @Test
  void aTimeOfDayIsThatOfTheClockOnTheWallWhoeverSetsIt() {
    moveAtThirdRow(Duration.ofHours(3));

    Ended ended =
        runOutOfTime("--finish-by", inTwoHours(), "--time-zone", "UTC", "--concurrency", "1");

    assertThat(ended.err()).contains("error: time is up: a call can take 30 s");
    assertThat(api.updated()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aDurationIsNotThatOfTheClockOnTheWall() {
    moveAtThirdRow(Duration.ofHours(3));

    Ended ended = api.run(program, "update", "rows.csv", "--max-duration", "2h");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(api.updated()).hasSize(ROWS);
  }

  @Test
  void whereTheNextCallWouldBeTooLateTheRunStopsAtOnceAndSaysWhenItWouldWork() {
    Ended ended =
        runOutOfTime(
            "--max-duration", "10min", "--rate", "3/h", "--reserve", "0", "--snapshot", "none");

    assertThat(ended.err())
        .containsPattern(
            "error: time is up: window of 3/h full, next call [-0-9]+T[:0-9]+Z, but calls must"
                + " end by [-0-9]+T[:0-9]+Z");
    assertThat(api.updated()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aDurationIsCountedFromTheStartAlsoWhereTheAccountsTakeLongToRead() {
    Instant[] firstCall = new Instant[1];
    api.script =
        call -> {
          firstCall[0] = Instant.now();
          LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
          return null;
        };

    Ended ended =
        runOutOfTime("--max-duration", "5min", "--rate", "1/min", "--reserve", "0", "--strict");

    Matcher end =
        Pattern.compile("but the last call must end by ([-0-9]+T[:0-9]+Z)").matcher(ended.err());
    assertThat(end.find()).as(ended.err()).isTrue();
    assertThat(Instant.parse(end.group(1)))
        .isBefore(firstCall[0].plus(Duration.ofMinutes(5)).plusSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({"20, ahead of", "-20, behind"})
  void aClockThatDiffersFromTheServersIsTold(int minutes, String how) {
    clock.move(Duration.ofMinutes(minutes));

    Ended ended = api.run(program, "update", "rows.csv");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .containsPattern(
            "warning: this machine's clock is (19|20) minutes "
                + how
                + " the server's, which shows [-0-9]+T[:0-9]+Z");
  }

  @Test
  void aClockThatIsRightIsNotWorthAWord() {
    assertThat(api.run(program, "update", "rows.csv").err()).doesNotContain("clock");
  }

  @ParameterizedTest
  @CsvSource({"''", "--allow-decrease"})
  void aRampByTheDateOfAWrongClockRaisesNothing(String more) throws IOException {
    clock.move(Duration.ofHours(26));
    writeRamp();
    String[] ramp =
        more.isEmpty()
            ? new String[] {"ramp", "ramp.csv"}
            : new String[] {"ramp", "ramp.csv", more, "--snapshot", "none"};

    Ended ended = api.run(program, ramp);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err())
        .containsPattern(
            "error: guard on the date: this machine's clock is 2[56] hours ahead of the server's,"
                + " which shows [-0-9]+T[:0-9]+Z, and the limits are for the day of this machine's clock. Set the clock and run 'ramp' again, or give the day with 'ramp --date'. Nothing more was sent");
    assertThat(api.updated()).isEmpty();

    assertThat(api.run(program, "ramp", "ramp.csv", "--date", "2026-11-05").exitCode()).isZero();
    assertThat(api.updated()).containsExactly(1L);
  }

  @Test
  void aDryRunTellsOfTheDateOfAWrongClockOnce() throws IOException {
    clock.move(Duration.ofHours(26));
    writeRamp();

    Ended ended = api.run(program, "ramp", "ramp.csv", "--dry-run", "-q");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .startsWith("warning: guard on the date: this machine's clock is ")
        .endsWith("Without --dry-run, nothing would be sent (exit 4)\n")
        .hasLineCount(1);
  }

  /** The clock may be right by then: the limits are those of the day that it was wrong about. */
  @Test
  void aRampByTheDateOfAWrongClockIsNotResumedEither() throws IOException {
    writeRamp();
    clock.move(Duration.ofHours(50));
    assertThat(api.run(program, "ramp", "ramp.csv").exitCode()).isEqualTo(4);

    assertThat(api.run(program, "resume").exitCode()).isEqualTo(4);
    clock.move(Duration.ofHours(-50));
    Ended ended = api.run(program, "resume", "1");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err())
        .containsPattern(
            "error: guard on the date: the limits are for the day of [-0-9]+T[:0-9]+Z, which came from a wrong clock: the server's shows [-0-9]+T[:0-9]+Z. Set the clock and run 'ramp' again, or give the day with 'ramp --date'. Nothing more was sent");
    assertThat(api.updated()).isEmpty();
    String day = LocalDate.ofInstant(Instant.now().plus(Duration.ofHours(50)), zone()).toString();
    Ended given = api.run(program, "ramp", "ramp.csv", "--date", day);
    assertThat(given.exitCode()).as(given.err()).isZero();
    assertThat(given.err()).contains("Run 1: resuming");
    assertThat(api.updated()).containsExactly(1L);
  }

  private static ZoneId zone() {
    return ZoneId.systemDefault();
  }

  @Test
  void aRampByTheDateOfAClockThatIsRightIsResumed() throws IOException {
    writeRamp();
    api.script = call -> call.isPage() ? null : new Answer(401, "{\"message\":\"Invalid key\"}");
    assertThat(api.run(program, "ramp", "ramp.csv").exitCode()).isEqualTo(3);
    api.script = call -> null;
    api.forget();

    assertThat(api.run(program, "resume").exitCode()).isZero();

    assertThat(api.updated()).containsExactly(1L);
  }

  @Test
  void aSnapshotFromTheFutureIsReadAgain() {
    clock.move(Duration.ofHours(3));
    assertThat(api.run(program, "plan", "rows.csv").exitCode()).isZero();
    clock.move(Duration.ofHours(-3));
    api.forget();

    assertThat(api.run(program, "update", "rows.csv").exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(0L);
  }

  @Test
  void aTimeZoneThatNobodyKnowsIsTold() throws IOException {
    program
        .with("TZ", "Mars/Olympus")
        .file("ramp.csv", "id,from,start,step,cap", "1,2026-11-01,5,1,9");

    assertThat(program.run("ramp", "ramp.csv", "--preview", "1").err())
        .contains("warning: the variable TZ names no time zone (\"Mars/Olympus\"). Times and days");
    program.with("TZ", ":Europe/Berlin");
    assertThat(program.run("ramp", "ramp.csv", "--preview", "1").err()).isEmpty();
  }
}
