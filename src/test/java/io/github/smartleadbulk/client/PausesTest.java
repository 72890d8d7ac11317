package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Accepted;
import io.github.smartleadbulk.api.Answer.Undecided;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds up all rows: full windows, and what the server says of its limits. */
@Timeout(30)
class PausesTest {

  private static final String OK = "{\"ok\":true}";

  @Test
  void aFullWindowHoldsUpTheCallerAndSaysUntilWhen() throws Exception {
    try (RawServer server = RawServer.start(PausesTest::ok);
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "2/s,3/h"))) {
      stepped.feed(1).get();
      stepped.feed(2).get();
      CompletableFuture<Answer> third = stepped.feed(3);
      assertThat(stepped.awaitWaiting("2/s"))
          .isEqualTo(
              new Waiting(
                  "2/s", "window of 2/s full", SteppedTime.START.plus(Duration.ofMillis(1005))));
      stepped.time.pass(Duration.ofMillis(1005));
      assertThat(third.get()).isEqualTo(new Accepted(200, 1));
      CompletableFuture<Answer> fourth = stepped.feed(4);
      assertThat(stepped.awaitWaiting("3/h").until())
          .isEqualTo(SteppedTime.START.plus(Duration.ofMillis(3_600_005)));
      assertThat(server.requests()).hasSize(3);
      stepped.time.pass(Duration.ofHours(1));
      assertThat(fourth.get()).isEqualTo(new Accepted(200, 1));
      assertThat(stepped.client.waiting()).isEmpty();
      assertThat(stepped.client.statistics())
          .isEqualTo(
              new ClientStatistics(
                  4, 0, Map.of("2/s", Duration.ofMillis(1005), "3/h", Duration.ofHours(1))));
    }
  }

  @Test
  void everyCallIsOnRecordBeforeItIsSent() throws Exception {
    List<Integer> requestsSeen = new ArrayList<>();
    try (RawServer server = RawServer.start(PausesTest::ok);
        SteppedClient stepped =
            new SteppedClient(
                Samples.settings(server.url(), "5/s"),
                Samples.record(sentAt -> requestsSeen.add(server.requests().size())))) {
      stepped.feed(1).get();
      stepped.feed(2).get();
      assertThat(requestsSeen).containsExactly(0, 1);
    }
  }

  @Test
  void aRecordThatCannotBeWrittenStopsTheClientBeforeTheCall() throws Exception {
    try (RawServer server = RawServer.start(PausesTest::ok);
        SteppedClient stepped =
            new SteppedClient(
                Samples.settings(server.url(), "5/s"),
                Samples.record(
                    sentAt -> {
                      throw new IllegalStateException("disk full");
                    }))) {
      assertThat(stepped.feed(1).get()).isEqualTo(new Undecided());
      assertThat(stepped.client.stopped())
          .contains(new ClientStop(ClientStop.Cause.RECORD_LOST, "disk full"));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aRefusalPausesAllRowsAndCostsTheRowNoAttempt() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  if (number <= 2) {
                    RawServer.answer(connection, 429, "Retry-After: 30\r\n", "{}");
                    return true;
                  }
                  return ok(number, connection);
                });
        SteppedClient stepped =
            new SteppedClient(Samples.withMaxAttempts(Samples.settings(server.url()), 1))) {
      CompletableFuture<Answer> first = stepped.feed(1);
      assertThat(stepped.awaitWaiting("429"))
          .isEqualTo(
              new Waiting(
                  "429", "too many requests (429), paused", SteppedTime.START.plusSeconds(30)));
      assertThat(stepped.client.forecast(1)).isEqualTo(SteppedTime.START.plusSeconds(30));
      CompletableFuture<Answer> second = stepped.feed(2);
      stepped.time.pass(Duration.ofSeconds(30));
      // One call tries, and is refused again: now it is a minute.
      stepped.until(() -> server.requests().size() == 2);
      assertThat(stepped.awaitWaiting("429").until()).isEqualTo(SteppedTime.START.plusSeconds(90));
      stepped.time.pass(Duration.ofSeconds(60));
      assertThat(first.get()).isEqualTo(new Accepted(200, 1));
      assertThat(second.get()).isEqualTo(new Accepted(200, 1));
      assertThat(stepped.client.statistics())
          .isEqualTo(new ClientStatistics(4, 2, Map.of("429", Duration.ofSeconds(90))));
    }
  }

  @Test
  void findsTheLengthOfThePauseInTheBodyToo() throws Exception {
    String body = "{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"retry_after\":42}}";
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  RawServer.answer(connection, 429, "", body);
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      CompletableFuture<Answer> unused = stepped.feed(1);
      assertThat(stepped.awaitWaiting("429").until()).isEqualTo(SteppedTime.START.plusSeconds(42));
    }
  }

  @Test
  void stopsAfterFifteenMinutesWithoutAnAdmittedCall() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  RawServer.answer(connection, 429, "", "{\"message\":\"slow down\"}");
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      assertThat(stepped.run(stepped.feed(1))).isEqualTo(new Undecided());
      assertThat(stepped.client.stopped())
          .contains(
              new ClientStop(
                  ClientStop.Cause.LIMIT_EXHAUSTED, "too many requests (429): slow down"));
      assertThat(Duration.ofNanos(stepped.time.nanos()))
          .isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));
      assertThat(stepped.feed(2).get()).isEqualTo(new Undecided());
      assertThat(server.requests()).hasSize(12);
    }
  }

  @Test
  void anExhaustedBudgetThatOursDoesNotExplainPausesAllRows() throws Exception {
    AtomicBoolean exhausted = new AtomicBoolean(true);
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  String headers = "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 20\r\n";
                  RawServer.answer(connection, 200, exhausted.getAndSet(false) ? headers : "", OK);
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "10/s"))) {
      assertThat(stepped.feed(1).get()).isEqualTo(new Accepted(200, 1));
      CompletableFuture<Answer> second = stepped.feed(2);
      assertThat(stepped.awaitWaiting("server-limit"))
          .isEqualTo(
              new Waiting(
                  "server-limit",
                  "the server says the limit is used up, although our own windows have room: somebody else"
                      + " uses this key, paused",
                  SteppedTime.START.plusSeconds(20)));
      stepped.time.pass(Duration.ofSeconds(20));
      assertThat(second.get()).isEqualTo(new Accepted(200, 1));
    }
  }

  @Test
  void anExhaustedBudgetThatOurOwnWindowsExplainDoesNot() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  String headers = "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 20\r\n";
                  RawServer.answer(connection, 200, headers, OK);
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "1/s"))) {
      stepped.feed(1).get();
      CompletableFuture<Answer> unused = stepped.feed(2);
      assertThat(stepped.awaitWaiting("1/s").until()).isEqualTo(SteppedTime.START.plusMillis(1005));
    }
  }

  private static boolean ok(int number, Socket connection) throws IOException {
    RawServer.answer(connection, 200, "", OK);
    return true;
  }
}
