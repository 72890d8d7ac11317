package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program is asked to stop, or finds its state folder taken. */
@Timeout(90)
final class SignalTest {

  private static final int ROWS = 200;

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, ROWS, Duration.ofMillis(10));
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  /** First signal: calls in flight end and are recorded, so that none is repeated at all. */
  @ParameterizedTest
  @CsvSource({"TERM, 143, SIGTERM", "INT, 130, SIGINT"})
  void signalStopsTheRunAndResumeRepeatsNothing(String signal, int exitCode, String name)
      throws Exception {
    assumeFalse(isIgnored(signal), "whoever started the tests has it ignored");
    CountDownLatch calls = new CountDownLatch(60);
    rehearsal.onRequest = request -> calls.countDown();
    try (ProgramProcess program = rehearsal.update()) {
      assertThat(calls.await(60, TimeUnit.SECONDS)).isTrue();
      program.signal(signal);

      assertThat(program.exitCode()).as(program.err()).isEqualTo(exitCode);
      assertThat(program.err())
          .contains("stopped by " + name)
          .contains("To resume run 1: ./run.sh resume 1");
      assertThat(program.out()).startsWith("Run 1 stopped: ");
    }
    assertThat(rehearsal.journalled(1))
        .isEqualTo(rehearsal.updatedBy(0))
        .hasSizeBetween(60, ROWS - 1);
    try (ProgramProcess program = rehearsal.resume()) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.err()).contains("Run 1: resuming ");
    }
    rehearsal.assertResultsWhole(1);
    assertThat(rehearsal.updatedBy(0)).doesNotContainAnyElementsOf(rehearsal.updatedBy(1));
    assertThat(rehearsal.updatesByAccount()).hasSize(ROWS);
  }

  /** Whoever sent the signal waits: a webhook that is silent gets one short try, not three. */
  @Test
  void silentWebhookHoldsUpAStoppedRunForOneTryOnly() throws Exception {
    CountDownLatch calls = new CountDownLatch(20);
    rehearsal.onRequest = request -> calls.countDown();
    try (WebhookServer webhook = WebhookServer.answering(WebhookServer.NEVER)) {
      notify(webhook);
      try (ProgramProcess program = rehearsal.update()) {
        assertThat(calls.await(60, TimeUnit.SECONDS)).isTrue();
        program.signal("TERM");

        assertThat(program.exitCode()).as(program.err()).isEqualTo(143);
        assertThat(program.err()).contains("http://127.0.0.1 was not notified: no answer\n");
        assertThat(webhook.posts()).hasSize(1);
      }
    }
  }

  @Test
  void signalEndsTheWaitingForAWebhookAndLeavesTheExitCodeOfTheRun() throws Exception {
    try (WebhookServer webhook = WebhookServer.answering(WebhookServer.NEVER)) {
      notify(webhook);
      try (ProgramProcess program = rehearsal.update()) {
        while (webhook.posts().isEmpty()) {
          assertThat(program.endsWithin(10)).as(program.err()).isFalse();
        }
        program.signal("TERM");

        assertThat(program.exitCode()).as(program.err()).isZero();
        assertThat(program.err())
            .contains("http://127.0.0.1 was not notified: interrupted by a signal\n");
      }
    }
  }

  private void notify(WebhookServer webhook) throws IOException {
    Files.writeString(
        Files.createDirectory(home.resolve("config")).resolve("smartlead-bulk.properties"),
        "notify = " + webhook.url());
  }

  @Test
  void secondSignalEndsAtOnceAndIsAsSafeAsAKill() throws Exception {
    CountDownLatch calls = new CountDownLatch(20);
    CountDownLatch answersMayLeave = new CountDownLatch(1);
    rehearsal.onRequest =
        request -> {
          calls.countDown();
          if (calls.getCount() == 0) {
            Latches.await(answersMayLeave);
          }
        };
    try (ProgramProcess program = rehearsal.update()) {
      assertThat(calls.await(60, TimeUnit.SECONDS)).isTrue();
      program.signal("TERM");
      while (!program.err().contains("no new rows")) {
        assertThat(program.endsWithin(10)).isFalse();
      }
      // Two signals at almost the same time are one: the timeout command sends them so.
      do {
        program.signal("TERM");
      } while (!program.endsWithin(100));

      // Answers are held back, so nothing but the second signal can have ended it.
      assertThat(program.exitCode()).isEqualTo(143);
    }
    answersMayLeave.countDown();
    HashSet<Long> inFlight = new HashSet<>(rehearsal.updatedBy(0));
    inFlight.removeAll(rehearsal.journalled(1));
    assertThat(inFlight).hasSizeLessThanOrEqualTo(ProcessRehearsal.CONCURRENCY);
    try (ProgramProcess program = rehearsal.update()) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    rehearsal.assertResultsWhole(1);
  }

  @Test
  void secondProcessIsToldWhoHoldsTheStateFolderAndMayOnlyLook() throws Exception {
    CountDownLatch firstCall = new CountDownLatch(1);
    CountDownLatch secondIsThrough = new CountDownLatch(1);
    rehearsal.onRequest =
        request -> {
          firstCall.countDown();
          Latches.await(secondIsThrough);
        };
    try (ProgramProcess first = rehearsal.update()) {
      assertThat(firstCall.await(60, TimeUnit.SECONDS)).isTrue();
      try (ProgramProcess second = rehearsal.update()) {
        assertThat(second.exitCode()).as(second.err()).isEqualTo(6);
        assertThat(second.err())
            .matches(
                "error: state folder \\S+/var is in use by another run \\(process %d, started \\S+Z\\)\n"
                    .formatted(first.pid()));
        assertThat(second.out()).isEmpty();
      }
      try (ProgramProcess runs = rehearsal.look("runs", "--json")) {
        assertThat(runs.exitCode()).as(runs.err()).isZero();
        assertThat(runs.out()).contains("\"run\" : 1").contains("\"status\" : \"running\"");
      }
      try (ProgramProcess show = rehearsal.look("show", "1")) {
        assertThat(show.exitCode()).as(show.err()).isZero();
        assertThat(show.out()).startsWith("Run 1 running: ");
      }
      secondIsThrough.countDown();

      assertThat(first.exitCode()).as(first.err()).isZero();
    }
    rehearsal.assertResultsWhole(1);
    assertThat(rehearsal.updatesByAccount().values()).containsOnly(1L);
  }

  /** Of this process, and so of those that it starts. */
  static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    int number = signal.equals("INT") ? 2 : 15;
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
  }
}
