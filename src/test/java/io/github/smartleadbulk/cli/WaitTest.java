package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run finds its state folder taken by another process, and waits for it. */
@Timeout(90)
final class WaitTest {

  private static final int ROWS = 20;

  private static final Pattern WAITING =
      Pattern.compile(
          "state folder \\S+/var is in use by another run \\(process (\\d+), started \\S+Z\\);"
              + " waiting until (\\S+Z)\n");

  @TempDir private Path home;
  private final CountDownLatch firstCall = new CountDownLatch(1);
  private final CountDownLatch answersMayLeave = new CountDownLatch(1);
  private ProcessRehearsal rehearsal;
  private ProgramProcess first;

  /** The first process holds the folder until its answers may leave. */
  @BeforeEach
  void start() throws Exception {
    rehearsal = new ProcessRehearsal(home, ROWS, Duration.ZERO);
    rehearsal.onRequest =
        request -> {
          firstCall.countDown();
          await(answersMayLeave);
        };
    first = rehearsal.update();
    assertThat(firstCall.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void close() {
    answersMayLeave.countDown();
    first.close();
    rehearsal.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the second process has said while it waits. */
  private static Matcher untilItWaits(ProgramProcess second) throws Exception {
    Matcher told = WAITING.matcher(second.err());
    while (!told.matches()) {
      assertThat(second.endsWithin(10)).as(second.err()).isFalse();
      told = WAITING.matcher(second.err());
    }
    return told;
  }

  @Test
  void theSecondRunBeginsWhenTheFirstHasEnded() throws Exception {
    try (ProgramProcess second = rehearsal.updateWith("--wait", "10m")) {
      Matcher told = untilItWaits(second);
      assertThat(told.group(1)).isEqualTo(Long.toString(first.pid()));
      assertThat(Instant.parse(told.group(2)))
          .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(600));
      answersMayLeave.countDown();

      assertThat(first.exitCode()).as(first.err()).isZero();
      assertThat(second.exitCode()).as(second.err()).isZero();
      assertThat(second.out()).startsWith("Run 2 finished: ");
    }
    rehearsal.assertResultsWhole(1);
  }

  /** The lock dies with its holder: nobody waits for a dead one. */
  @Test
  void theSecondRunGoesOnWhereTheFirstWasKilled() throws Exception {
    try (ProgramProcess second = rehearsal.updateWith("--wait", "10m")) {
      untilItWaits(second);
      first.kill();
      answersMayLeave.countDown();

      assertThat(second.exitCode()).as(second.err()).isZero();
      assertThat(second.err()).contains("Run 1: resuming ");
    }
    rehearsal.assertResultsWhole(1);
  }

  @Test
  void whoHasWaitedLongEnoughEndsAsWithoutWaiting() throws Exception {
    Instant start = Instant.now();
    try (ProgramProcess second = rehearsal.updateWith("--wait", "2s")) {
      assertThat(second.exitCode()).as(second.err()).isEqualTo(6);
      assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
      assertThat(second.err())
          .containsPattern(WAITING)
          .containsPattern(
              "\nerror: state folder \\S+/var is in use by another run \\(process %d, started \\S+Z\\)\n$"
                  .formatted(first.pid()));
      assertThat(second.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143, SIGTERM", "INT, 130, SIGINT"})
  void aSignalEndsTheWaiting(String signal, int exitCode, String name) throws Exception {
    assumeFalse(SignalTest.isIgnored(signal), "whoever started the tests has it ignored");
    try (ProgramProcess second = rehearsal.updateWith("--wait", "10m")) {
      untilItWaits(second);
      second.signal(signal);

      assertThat(second.exitCode()).as(second.err()).isEqualTo(exitCode);
      assertThat(second.err())
          .endsWith(
              "error: stopped by "
                  + name
                  + " while waiting for the state folder. Nothing was sent.\n");
    }
    answersMayLeave.countDown();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(home.resolve("var/runs/2")).doesNotExist();
  }

  @Test
  void nobodyWaitsLongerThanTheDeadline() throws Exception {
    try (ProgramProcess second = rehearsal.updateWith("--wait", "10m", "--max-duration", "1m")) {
      assertThat(Instant.parse(untilItWaits(second).group(2)))
          .isBefore(Instant.now().plusSeconds(61));
    }
  }

  /** A call may take 30 s: of the 32 s, two are left for waiting. */
  @Test
  void waitingCountsForTheDeadline() throws Exception {
    try (ProgramProcess second =
        rehearsal.updateWith("--wait", "10m", "--max-duration", "32s", "--timeout", "30s")) {
      untilItWaits(second);
      assertThat(second.endsWithin(2_500)).isFalse();
      answersMayLeave.countDown();

      assertThat(second.exitCode()).as(second.err()).isEqualTo(5);
      assertThat(second.err()).contains("error: time is up: a call can take 30 s");
    }
  }

  @Test
  void everyCommandThatNeedsTheFolderCanWait() throws Exception {
    Files.writeString(
        Files.createDirectories(home.resolve("config")).resolve("smartlead-bulk.properties"),
        "wait = 1s\n");
    List<ProgramProcess> waiting = new ArrayList<>();
    for (String command :
        List.of(
            "plan " + rehearsal.input,
            "export",
            "rollback 1",
            "retry 1",
            "resume",
            "prune --older-than 90d")) {
      waiting.add(rehearsal.look(command.split(" ")));
    }
    for (ProgramProcess second : waiting) {
      try (second) {
        assertThat(second.exitCode()).as(second.err()).isEqualTo(6);
        assertThat(second.err()).containsPattern(WAITING);
      }
    }
  }

  @Test
  void quietWaitingIsSilent() throws Exception {
    try (ProgramProcess second = rehearsal.updateWith("--wait", "10m", "-q")) {
      assertThat(second.endsWithin(2_000)).isFalse();
      answersMayLeave.countDown();

      assertThat(second.exitCode()).as(second.err()).isZero();
      assertThat(second.err()).isEmpty();
    }
  }
}
