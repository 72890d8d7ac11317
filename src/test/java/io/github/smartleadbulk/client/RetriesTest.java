package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Accepted;
import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.api.Answer.Uncertain;
import io.github.smartleadbulk.api.Answer.Undecided;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that are tried more than once, a server that is away, and the ends of a client. */
@Timeout(30)
class RetriesTest {

  @Test
  void aRowThatTheServerCannotDoFailsAfterAllAttempts() throws Exception {
    assertThat(answerAfter((number, connection) -> answer(connection, 500)))
        .isEqualTo(new Failed(500, 3, "HTTP 500 without a reason"));
  }

  @Test
  void anUnreadableSuccessStaysInDoubtWhateverFollows() throws Exception {
    assertThat(answerAfter((number, connection) -> answer(connection, number == 1 ? 204 : 500)))
        .isEqualTo(new Uncertain(500, 3, "HTTP 500 without a reason"));
  }

  @Test
  void itIsTheLastTryThatDecidesBetweenFailedAndUncertain() throws Exception {
    assertThat(answerAfter((number, connection) -> number == 3 ? answer(connection, 503) : false))
        .isEqualTo(new Failed(503, 3, "HTTP 503 without a reason", true));
    assertThat(answerAfter((number, connection) -> number == 3 ? false : answer(connection, 503)))
        .isEqualTo(new Uncertain(null, 3, "the server closed the connection without an answer"));
  }

  @Test
  void noTryIsSentTwice() throws Exception {
    // OkHttp by itself would follow these by a second request.
    for (int status : List.of(408, 503)) {
      try (RawServer server =
              RawServer.start(
                  (number, connection) -> {
                    RawServer.answer(connection, status, "Retry-After: 0\r\n", "{}");
                    return true;
                  });
          SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
        stepped.run(stepped.feed(1));
        assertThat(server.requests()).hasSize(3);
        assertThat(stepped.client.statistics().calls()).isEqualTo(3);
      }
    }
  }

  @Test
  void aRowThatWaitsDoesNotHoldUpTheOthers() throws Exception {
    try (RawServer server =
            RawServer.start((number, connection) -> answer(connection, number == 1 ? 500 : 200));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      CompletableFuture<Answer> first = stepped.feed(1);
      stepped.until(() -> server.requests().size() == 1);
      for (int i = 2; i <= 20; i++) {
        assertThat(stepped.feed(i).get()).isEqualTo(new Accepted(200, 1));
      }
      assertThat(first).isNotDone();
      assertThat(stepped.run(first)).isEqualTo(new Accepted(200, 2));
    }
  }

  @Test
  void aServerThatIsAwayIsLookedForAndFailsNoRow() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    try (RawServer server =
            RawServer.start((number, connection) -> answer(connection, away.get() ? 503 : 200));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        answers.add(stepped.feed(i));
      }
      Waiting waiting = stepped.awaitWaiting("outage");
      assertThat(waiting.text()).isEqualTo("server away (HTTP 503 without a reason), paused");
      long before = stepped.client.statistics().calls();
      assertThat(before).isGreaterThanOrEqualTo(20);
      for (int probe = 1; probe <= 5; probe++) {
        stepped.time.pass(Duration.between(stepped.time.now(), waiting.until()));
        long calls = before + probe;
        stepped.until(() -> stepped.client.statistics().calls() == calls);
        waiting = stepped.awaitWaiting("outage");
      }
      away.set(false);
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(stepped.run(answer)).isInstanceOf(Accepted.class);
      }
    }
  }

  @Test
  void aServerThatStaysAwayEndsTheRunWithItsRowsUndecided() throws Exception {
    try (RawServer server = RawServer.start((number, connection) -> answer(connection, 502));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 1; i <= 100; i++) {
        answers.add(stepped.feed(i));
      }
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(stepped.run(answer)).isEqualTo(new Undecided());
      }
      assertThat(stepped.client.stopped())
          .contains(
              new ClientStop(
                  ClientStop.Cause.SERVER_AWAY, "the server is away: HTTP 502 without a reason"));
      assertThat(Duration.ofNanos(stepped.time.nanos()))
          .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    }
  }

  @Test
  void triesThatFoundNoServerAreNotHeldAgainstARowWhenItIsBack() throws Exception {
    AtomicInteger status = new AtomicInteger(503);
    AtomicInteger answered = new AtomicInteger();
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  boolean more = answer(connection, status.get());
                  answered.incrementAndGet();
                  return more;
                });
        SteppedClient stepped =
            new SteppedClient(Samples.withMaxAttempts(Samples.settings(server.url()), 2))) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        answers.add(stepped.feed(i));
      }
      stepped.awaitWaiting("outage");
      // The server is back, and too busy for each of them.
      status.set(408);
      stepped.time.pass(Duration.ofSeconds(1));
      stepped.until(() -> answered.get() == 40);
      status.set(200);
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(stepped.run(answer)).isEqualTo(new Accepted(200, 3));
      }
    }
  }

  @Test
  void oneRowWithoutAServerMayBeToBlameItselfButASecondIsNotFailedEvenOnItsLastTry()
      throws Exception {
    try (RawServer server = RawServer.start((number, connection) -> answer(connection, 503));
        SteppedClient stepped =
            new SteppedClient(
                Samples.withConcurrency(
                    Samples.withMaxAttempts(Samples.settings(server.url()), 1), 1))) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 1; i <= 25; i++) {
        answers.add(stepped.feed(i));
      }
      assertThat(answers.get(0).get())
          .isEqualTo(new Failed(503, 1, "HTTP 503 without a reason", true));
      for (CompletableFuture<Answer> answer : answers.subList(1, 25)) {
        assertThat(stepped.run(answer)).isEqualTo(new Undecided());
      }
    }
  }

  @Test
  void triesThatNeverLeftThisMachineUseUpNoBudget() throws Exception {
    try (SteppedClient stepped =
        new SteppedClient(Samples.settings(URI.create("http://127.0.0.1:1"), "1/h"))) {
      assertThat(stepped.run(stepped.feed(1)))
          .isEqualTo(new Failed(null, 3, "no connection to 127.0.0.1:1: connection refused"));
      assertThat(Duration.ofNanos(stepped.time.nanos())).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void fewRowsThatAreLeftAreEnoughForAnOutageWhereAllOfThemGetIt() throws Exception {
    for (int status : List.of(500, 503)) {
      AtomicBoolean away = new AtomicBoolean(true);
      try (RawServer server =
              RawServer.start(
                  (number, connection) -> answer(connection, away.get() ? status : 200));
          SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
          answers.add(stepped.feed(i));
        }
        stepped.until(
            () -> {
              stepped.time.pass(Duration.ofMillis(20));
              return stepped.client.waiting().map(Waiting::cause).equals(Optional.of("outage"));
            });
        away.set(false);
        for (CompletableFuture<Answer> answer : answers) {
          assertThat(stepped.run(answer)).isInstanceOf(Accepted.class);
        }
      }
    }
  }

  @Test
  void aRefusedKeyStopsTheClientAndNothingIsRepeated() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  if (number < 3) {
                    refused.await();
                    return answer(connection, number == 1 ? 500 : 200);
                  }
                  RawServer.answer(connection, 401, "", "{\"message\":\"Invalid API Key\"}");
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      CompletableFuture<Answer> first = stepped.feed(1);
      stepped.until(() -> server.requests().size() == 1);
      CompletableFuture<Answer> second = stepped.feed(2);
      stepped.until(() -> server.requests().size() == 2);
      CompletableFuture<Answer> third = stepped.feed(3);
      assertThat(third.get()).isEqualTo(new Undecided());
      assertThat(stepped.feed(4).get()).isEqualTo(new Undecided());
      refused.countDown();
      assertThat(first.get()).isEqualTo(new Undecided());
      assertThat(second.get()).isEqualTo(new Accepted(200, 1));
      assertThat(stepped.client.stopped())
          .contains(
              new ClientStop(
                  ClientStop.Cause.KEY_REFUSED,
                  "the API key was refused (HTTP 401): Invalid API Key"));
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void stopLetsCallsUnderWayFinishAndLeavesTheRestUndecided() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  if (number == 2) {
                    go.await();
                  }
                  return answer(connection, number == 1 ? 500 : 200);
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "2/h"))) {
      CompletableFuture<Answer> waitsForAnotherTry = stepped.feed(1);
      stepped.until(() -> server.requests().size() == 1);
      CompletableFuture<Answer> underWay = stepped.feed(2);
      stepped.until(() -> server.requests().size() == 2);
      CompletableFuture<Answer> blocked = stepped.feed(3);
      assertThat(blocked).isNotDone();
      stepped.client.stop();
      stepped.client.stop();
      assertThat(blocked.get(5, TimeUnit.SECONDS)).isEqualTo(new Undecided());
      assertThat(waitsForAnotherTry.get(5, TimeUnit.SECONDS)).isEqualTo(new Undecided());
      assertThat(underWay).isNotDone();
      go.countDown();
      assertThat(underWay.get(5, TimeUnit.SECONDS)).isEqualTo(new Accepted(200, 1));
      assertThat(stepped.client.stopped())
          .contains(new ClientStop(ClientStop.Cause.ASKED, "stopped"));
    }
  }

  /** Each call is answered only when as many are under way as may be. */
  @Test
  void callsUnderWayAreBounded() throws Exception {
    Semaphore mayAnswer = new Semaphore(0);
    AtomicInteger underWay = new AtomicInteger();
    Queue<Integer> counts = new ConcurrentLinkedQueue<>();
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  counts.add(underWay.incrementAndGet());
                  mayAnswer.acquire();
                  underWay.decrementAndGet();
                  return answer(connection, 200);
                });
        SteppedClient stepped =
            new SteppedClient(Samples.withConcurrency(Samples.settings(server.url()), 3))) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 1; i <= 10; i++) {
        answers.add(stepped.feed(i));
      }
      for (int answered = 0; answered <= 7; answered++) {
        int arrived = 3 + answered;
        stepped.until(() -> counts.size() >= arrived);
        assertThat(counts).hasSize(arrived);
        mayAnswer.release();
      }
      mayAnswer.release(2);
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(answer.get()).isEqualTo(new Accepted(200, 1));
      }
      assertThat(counts).allMatch(count -> count <= 3);
    }
  }

  @Test
  void answersThatAreNotOnRecordYetCountAsCallsUnderWay() throws Exception {
    List<CompletableFuture<Answer>> records = new CopyOnWriteArrayList<>();
    try (RawServer server = RawServer.start((number, connection) -> answer(connection, 200));
        SteppedClient stepped =
            new SteppedClient(Samples.withConcurrency(Samples.settings(server.url()), 2))) {
      for (int i = 1; i <= 3; i++) {
        stepped.feed(
            i,
            answer -> {
              CompletableFuture<Answer> record = new CompletableFuture<>();
              records.add(record);
              return record;
            });
      }
      stepped.until(() -> records.size() == 2);
      stepped.awaitHeldBackAfter(2);
      assertThat(server.requests()).hasSize(2);
      // A record that fails is over as well: whoever keeps answers says what that means.
      records.get(0).completeExceptionally(new IllegalStateException("disk full"));
      stepped.until(() -> records.size() == 3);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void closeCutsOffWhatIsUnderWayAndEndsAllThreads() throws Exception {
    try (RawServer server =
        RawServer.start(
            (number, connection) -> {
              Thread.sleep(20_000);
              return false;
            })) {
      SteppedClient stepped =
          new SteppedClient(
              Samples.withMaxAttempts(
                  Samples.withTimeout(Samples.settings(server.url()), Duration.ofSeconds(20)), 1));
      CompletableFuture<Answer> underWay = stepped.feed(1);
      stepped.until(() -> server.requests().size() == 1);
      stepped.close();
      assertThat(underWay.get(5, TimeUnit.SECONDS)).isEqualTo(new Undecided());
      stepped.until(
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().startsWith("smartlead-")));
    }
  }

  private static Answer answerAfter(RawServer.Script script) throws Exception {
    try (RawServer server = RawServer.start(script);
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      Answer answer = stepped.run(stepped.feed(1));
      assertThat(server.requests()).hasSize(3);
      return answer;
    }
  }

  private static boolean answer(Socket connection, int status) throws IOException {
    if (status == 204) {
      RawServer.write(connection, "HTTP/1.1 204 X\r\n\r\n");
    } else {
      RawServer.answer(connection, status, "", status < 300 ? "{\"ok\":true}" : "{}");
    }
    return true;
  }
}
