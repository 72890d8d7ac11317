package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Accepted;
import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.api.Answer.Uncertain;
import io.github.smartleadbulk.api.Answer.Undecided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bad answer to one row, to all rows for a while, to all rows for ever, and to a page. */
@Timeout(60)
class BadAnswersTest {

  private static final int ROWS = 40;
  private static final int ODD_ONE = 7;
  private static final String OK = "{\"ok\":true}";
  private static final String HTML = "<!DOCTYPE html><html><title>Sorry</title></html>";

  /**
   * A bad answer.
   *
   * @param alone what becomes of the one row that gets it at each try
   * @param stop what a run ends with where nothing else comes
   */
  private record Bad(
      String name, int status, String headers, String body, Answer alone, String stop) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Answers that are no word of the API: behind them may be a whole API, later. */
  private static Stream<Bad> outages() {
    String cloudflare = "Cloudflare blocks this request (HTTP 403)";
    String firewall = "a firewall such as Cloudflare blocks this request (HTTP 403)";
    return Stream.of(
        new Bad(
            "challenge",
            403,
            "cf-mitigated: challenge\r\n",
            HTML,
            new Failed(403, 3, cloudflare),
            "calls are blocked: " + cloudflare),
        new Bad(
            "mitigated JSON",
            403,
            "cf-mitigated: block\r\n",
            "{\"message\":\"no\"}",
            new Failed(403, 3, cloudflare),
            "calls are blocked: " + cloudflare),
        new Bad(
            "page behind Cloudflare",
            403,
            "Server: cloudflare\r\n",
            HTML,
            new Failed(403, 3, cloudflare),
            "calls are blocked: " + cloudflare),
        new Bad(
            "page of a firewall",
            403,
            "",
            HTML,
            new Failed(403, 3, firewall),
            "calls are blocked: " + firewall),
        new Bad(
            "empty 403",
            403,
            "",
            "",
            new Failed(403, 3, firewall),
            "calls are blocked: " + firewall),
        new Bad(
            "mitigated 503",
            503,
            "cf-mitigated: challenge\r\n",
            HTML,
            new Failed(503, 3, "Cloudflare blocks this request (HTTP 503)"),
            "calls are blocked: Cloudflare blocks this request (HTTP 503)"),
        new Bad(
            "503",
            503,
            "",
            HTML,
            new Failed(503, 3, "HTTP 503, HTML answer", true),
            "the server is away: HTTP 503, HTML answer"),
        new Bad(
            "500",
            500,
            "",
            "{\"message\":\"oops\"}",
            new Failed(500, 3, "oops"),
            "the server is out of order: oops"),
        new Bad(
            "402",
            402,
            "",
            "{\"message\":\"pay\"}",
            new Failed(402, 3, "pay"),
            "the server is out of order: pay"),
        new Bad(
            "200 with a page",
            200,
            "",
            HTML,
            new Uncertain(200, 3, "HTTP 200, HTML answer"),
            "the server is out of order: HTTP 200, HTML answer"),
        new Bad(
            "400 with a page",
            400,
            "",
            HTML,
            new Failed(400, 3, "HTTP 400, HTML answer"),
            "the server is out of order: HTTP 400, HTML answer"),
        new Bad(
            "406 with a page",
            406,
            "",
            HTML,
            new Failed(406, 3, "HTTP 406, HTML answer"),
            "the server is out of order: HTTP 406, HTML answer"),
        new Bad(
            "302 of a portal",
            302,
            "Location: http://login.example.com/\r\n",
            "",
            new Failed(302, 3, "HTTP 302: redirects are not followed, to protect the key"),
            "the server is out of order: HTTP 302: redirects are not followed, to protect"
                + " the key"),
        new Bad(
            "308, later",
            308,
            "",
            "",
            new Failed(308, 3, "HTTP 308: redirects are not followed, to protect the key"),
            "no API is found: HTTP 308: redirects are not followed, to protect the key"),
        new Bad(
            "404 of a path in JSON, later",
            404,
            "",
            "{\"statusCode\":404,\"message\":\"Cannot POST /v1/x\",\"error\":\"Not Found\"}",
            new Failed(404, 3, "Cannot POST /v1/x"),
            "no API is found: Cannot POST /v1/x"),
        new Bad(
            "404 with a page, later",
            404,
            "",
            HTML,
            new Failed(404, 3, "HTTP 404, HTML answer"),
            "no API is found: HTTP 404, HTML answer"));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void toOneRowItIsThatRowsAloneAndTheOthersGoOn(Bad bad) throws Exception {
    try (RawServer server = server(new AtomicBoolean(true), bad, "accounts/" + ODD_ONE + "[?].*");
        SteppedClient stepped = oneByOne(server)) {
      List<CompletableFuture<Answer>> answers = feed(stepped);
      for (int id = 1; id <= ROWS; id++) {
        assertThat(stepped.run(answers.get(id - 1)))
            .isEqualTo(id == ODD_ONE ? bad.alone() : new Accepted(200, 1));
      }
      assertThat(stepped.client.stopped()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("outages")
  void toAllRowsForAWhileItFailsNone(Bad bad) throws Exception {
    AtomicBoolean isBad = new AtomicBoolean();
    try (RawServer server = server(isBad, bad, "POST");
        SteppedClient stepped = oneByOne(server)) {
      assertThat(stepped.feed(100).get()).isEqualTo(new Accepted(200, 1));
      isBad.set(true);
      List<CompletableFuture<Answer>> answers = feed(stepped);
      stepped.awaitWaiting("outage");
      stepped.time.pass(Duration.ofSeconds(40));
      stepped.awaitWaiting("outage");
      isBad.set(false);
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(stepped.run(answer)).isInstanceOf(Accepted.class);
      }
      assertThat(server.requests()).hasSizeLessThan(3 * ROWS);
    }
  }

  @ParameterizedTest
  @MethodSource("outages")
  void toAllRowsForEverItEndsTheRunAndLeavesThemOpen(Bad bad) throws Exception {
    AtomicBoolean isBad = new AtomicBoolean();
    try (RawServer server = server(isBad, bad, "POST");
        SteppedClient stepped = oneByOne(server)) {
      assertThat(stepped.feed(100).get()).isEqualTo(new Accepted(200, 1));
      isBad.set(true);
      for (CompletableFuture<Answer> answer : feed(stepped)) {
        assertThat(stepped.run(answer)).isEqualTo(new Undecided());
      }
      assertThat(stepped.client.stopped())
          .contains(new ClientStop(ClientStop.Cause.SERVER_AWAY, bad.stop()));
    }
  }

  @ParameterizedTest
  @MethodSource("outages")
  void aPageIsWaitedFor(Bad bad) throws Exception {
    AtomicBoolean isBad = new AtomicBoolean();
    try (RawServer server = server(isBad, bad, "GET");
        SteppedClient stepped = oneByOne(server)) {
      assertThat(stepped.feed(100).get()).isEqualTo(new Accepted(200, 1));
      isBad.set(true);
      CompletableFuture<Answer> page = stepped.feed(new AccountPage(0, AccountPage.ROWS, null));
      stepped.awaitWaiting("outage");
      isBad.set(false);
      assertThat(stepped.run(page)).isEqualTo(new Answer.Listed(List.of(), 0));
    }
  }

  /** Twenty signatures that a firewall dislikes are not the reason that others are not sent. */
  @Test
  void rowsThatAreNewLookForAnEndOfTheOutageToo() throws Exception {
    Bad bad = outages().findFirst().orElseThrow();
    try (RawServer server =
            server(new AtomicBoolean(true), bad, "accounts/([1-9]|1[0-9]|2[0-5])[?].*");
        SteppedClient stepped = oneByOne(server)) {
      List<CompletableFuture<Answer>> answers = feed(stepped);
      for (int id = 1; id <= ROWS; id++) {
        Answer answer = stepped.run(answers.get(id - 1));
        assertThat(answer).isInstanceOf(id <= 25 ? Failed.class : Accepted.class);
      }
      assertThat(stepped.client.stopped()).isEmpty();
    }
  }

  /** Answers that are about the key, whatever their status. */
  private static Stream<Bad> keys() {
    return Stream.of(
        key(401, "{\"message\":\"Invalid API Key\"}", "Invalid API Key"),
        key(401, HTML, "HTTP 401, HTML answer"),
        key(401, "", "HTTP 401, empty answer"),
        key(403, "{\"message\":\"Invalid API key\"}", "Invalid API key"),
        key(
            403,
            "{\"message\":\"Your plan does not include API access\"}",
            "Your plan does not include API access"),
        key(403, "Invalid API key", "Invalid API key"),
        key(403, "{\"message\":\"Invalid access token.\"}", "Invalid access token."),
        key(403, "{\"error\":{\"code\":\"UNAUTHORIZED\"}}", "HTTP 403 without a reason"),
        key(400, "{\"error\":\"Plan expired!\"}", "Plan expired!"),
        key(402, "{\"message\":\"Subscription is inactive\"}", "Subscription is inactive"),
        key(200, "{\"ok\":false,\"message\":\"Plan expired!\"}", "Plan expired!"));
  }

  private static Bad key(int status, String body, String reason) {
    return new Bad(
        status + " " + body,
        status,
        "",
        body,
        new Undecided(),
        "the API key was refused (HTTP " + status + "): " + reason);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyThatNeverWorkedIsRefusedAtOnce(Bad bad) throws Exception {
    try (RawServer server = server(new AtomicBoolean(true), bad, "POST");
        SteppedClient stepped = oneByOne(server)) {
      for (CompletableFuture<Answer> answer : feed(stepped)) {
        assertThat(answer.get()).isEqualTo(new Undecided());
      }
      assertThat(server.requests()).hasSize(1);
      assertThat(stepped.client.stopped())
          .contains(new ClientStop(ClientStop.Cause.KEY_REFUSED, bad.stop()));
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyThatHasWorkedGetsASecondLook(Bad bad) throws Exception {
    AtomicBoolean isBad = new AtomicBoolean();
    try (RawServer server = server(isBad, bad, "POST");
        SteppedClient stepped = oneByOne(server)) {
      assertThat(stepped.feed(100).get()).isEqualTo(new Accepted(200, 1));
      isBad.set(true);
      List<CompletableFuture<Answer>> answers = feed(stepped);
      assertThat(stepped.awaitWaiting("key"))
          .isEqualTo(
              new Waiting(
                  "key",
                  "the API key was refused, second attempt paused",
                  SteppedTime.START.plusSeconds(5)));
      assertThat(server.requests()).hasSize(2);
      isBad.set(false);
      stepped.time.pass(Duration.ofSeconds(5));
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(answer.get()).isEqualTo(new Accepted(200, 1));
      }
      isBad.set(true);
      CompletableFuture<Answer> last = stepped.feed(200);
      stepped.awaitWaiting("key");
      stepped.time.pass(Duration.ofSeconds(5));
      assertThat(last.get()).isEqualTo(new Undecided());
      assertThat(server.requests()).hasSize(2 + ROWS + 2);
      assertThat(stepped.client.stopped())
          .contains(new ClientStop(ClientStop.Cause.KEY_REFUSED, bad.stop()));
    }
  }

  /** Answers that are about the number of calls, whatever their status. */
  private static Stream<Bad> limits() {
    return Stream.of(
        limit(429, "", "{}", 1),
        limit(429, "Retry-After: 3600\r\n", "{}", 3600),
        limit(429, "Retry-After: 86400\r\n", "{}", 3600),
        limit(403, "Retry-After: 30\r\n", "{}", 30),
        limit(403, "Retry-After: 30\r\n", HTML, 30),
        limit(403, "", "{\"message\":\"Rate limit reached\"}", 1),
        limit(403, "", "{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"retry_after\":42}}", 42),
        limit(200, "", "{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"retry_after\":42}}", 42),
        limit(200, "", "{\"ok\":false,\"message\":\"Too many requests\"}", 1),
        limit(200, "Retry-After: 20\r\n", "{\"ok\":false}", 20));
  }

  /** The status of its stop stands for how many seconds are waited. */
  private static Bad limit(int status, String headers, String body, int seconds) {
    String name = status + " " + headers.strip() + " " + body;
    return new Bad(name, status, headers, body, new Accepted(200, 1), Integer.toString(seconds));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void aLimitPausesForAsLongAsItSaysAndCostsNoAttempt(Bad bad) throws Exception {
    AtomicBoolean isBad = new AtomicBoolean(true);
    try (RawServer server = server(isBad, bad, "POST");
        SteppedClient stepped = oneByOne(server)) {
      CompletableFuture<Answer> row = stepped.feed(1);
      Waiting waiting = stepped.awaitWaiting("429");
      assertThat(waiting.until())
          .isEqualTo(SteppedTime.START.plusSeconds(Integer.parseInt(bad.stop())));
      isBad.set(false);
      stepped.time.pass(Duration.between(SteppedTime.START, waiting.until()).minusNanos(1));
      assertThat(server.requests()).hasSize(1);
      stepped.time.pass(Duration.ofNanos(1));
      assertThat(row.get()).isEqualTo(bad.alone());
    }
  }

  /** The head of the answer has said it before time was over. */
  @Test
  void aPauseIsKeptAlsoWhereTheBodyNeverEnds() throws Exception {
    for (int status : List.of(429, 503, 403)) {
      AtomicBoolean isBad = new AtomicBoolean(true);
      String head = "HTTP/1.1 %d X\r\nRetry-After: 300\r\nContent-Length: 9\r\n\r\n{";
      try (RawServer server =
              RawServer.start(
                  (number, connection) -> {
                    if (isBad.get()) {
                      RawServer.write(connection, head.formatted(status));
                    } else {
                      RawServer.answer(connection, 200, "", OK);
                    }
                    return true;
                  });
          SteppedClient stepped = oneByOne(server)) {
        CompletableFuture<Answer> row = stepped.feed(1);
        assertThat(stepped.awaitWaiting(status == 503 ? "outage" : "429").until())
            .isEqualTo(SteppedTime.START.plusSeconds(300));
        isBad.set(false);
        assertThat(stepped.run(row)).isInstanceOf(Accepted.class);
      }
    }
  }

  @Test
  void aRefusalOfOneAccountIsItsRowsAloneUnlessItMeetsTwentyInARow() throws Exception {
    AtomicBoolean isBad = new AtomicBoolean(true);
    Bad bad =
        new Bad("forbidden", 403, "", "{\"message\":\"Forbidden\"}", new Undecided(), "Forbidden");
    try (RawServer server = server(isBad, bad, "POST");
        SteppedClient stepped = oneByOne(server)) {
      for (int id = 1; id <= 19; id++) {
        assertThat(stepped.feed(id).get()).isEqualTo(new Failed(403, 1, "Forbidden"));
      }
      isBad.set(false);
      assertThat(stepped.feed(20).get()).isEqualTo(new Accepted(200, 1));
      isBad.set(true);
      for (int id = 21; id <= 40; id++) {
        assertThat(stepped.client.stopped()).isEmpty();
        assertThat(stepped.feed(id).get()).isEqualTo(new Failed(403, 1, "Forbidden"));
      }
      assertThat(stepped.feed(41).get()).isEqualTo(new Undecided());
      assertThat(stepped.client.stopped())
          .contains(
              new ClientStop(
                  ClientStop.Cause.KEY_REFUSED,
                  "20 consecutive rows were refused (HTTP 403): Forbidden"));
    }
  }

  @Test
  void aPathThatTheFirstServerDoesNotKnowIsAWrongBaseUrl() throws Exception {
    for (String body :
        List.of(
            "<pre>Cannot POST /api/v2/email-accounts/1</pre>",
            "Cannot POST /",
            "{\"message\":\"Cannot POST /\"}")) {
      Bad bad = new Bad("404", 404, "", body, new Undecided(), "");
      try (RawServer server = server(new AtomicBoolean(true), bad, "POST");
          SteppedClient stepped = oneByOne(server)) {
        for (CompletableFuture<Answer> answer : feed(stepped)) {
          assertThat(answer.get()).isEqualTo(new Undecided());
        }
        assertThat(server.requests()).hasSize(1);
        assertThat(stepped.client.stopped())
            .contains(
                new ClientStop(
                    ClientStop.Cause.WRONG_URL,
                    "the base URL is wrong, this server does not know the API: "
                        + (body.startsWith("<")
                            ? "HTTP 404, HTML answer"
                            : "HTTP 404, Cannot POST /")
                        + " (POST "
                        + server.url()
                        + "/email-accounts/1). Check --base-url, SMARTLEAD_BASE_URL and base-url in"
                        + " the config file"));
      }
    }
  }

  @Test
  void aTimeThatAnAwayServerTellsIsWaitedForUpToTheLongestOutage() throws Exception {
    for (int seconds : List.of(300, 600)) {
      AtomicBoolean isBad = new AtomicBoolean(true);
      Bad bad = new Bad("503", 503, "Retry-After: " + seconds + "\r\n", "", new Undecided(), "");
      try (RawServer server = server(isBad, bad, "POST");
          SteppedClient stepped = oneByOne(server)) {
        List<CompletableFuture<Answer>> answers = feed(stepped);
        assertThat(stepped.awaitWaiting("outage").until())
            .isEqualTo(SteppedTime.START.plusSeconds(seconds));
        isBad.set(false);
        assertThat(server.requests()).hasSize(1);
        for (CompletableFuture<Answer> answer : answers) {
          assertThat(stepped.run(answer)).isInstanceOf(Accepted.class);
        }
      }
    }
  }

  @Test
  void aTimeBeyondTheLongestOutageEndsTheRunAtOnceAndSaysWhenItWouldWork() throws Exception {
    Bad bad = new Bad("503", 503, "Retry-After: 601\r\n", "", new Undecided(), "");
    try (RawServer server = server(new AtomicBoolean(true), bad, "POST");
        SteppedClient stepped = oneByOne(server)) {
      for (CompletableFuture<Answer> answer : feed(stepped)) {
        assertThat(answer.get()).isEqualTo(new Undecided());
      }
      assertThat(server.requests()).hasSize(1);
      assertThat(stepped.client.stopped())
          .contains(
              new ClientStop(
                  ClientStop.Cause.SERVER_AWAY,
                  "the server is away: HTTP 503, empty answer; the server asks for no call before"
                      + " 2026-11-23T14:10:01Z"));
    }
  }

  private static List<CompletableFuture<Answer>> feed(SteppedClient stepped) {
    return new ArrayList<>(IntStream.rangeClosed(1, ROWS).mapToObj(stepped::feed).toList());
  }

  /** So that the order of calls is that of the rows. */
  private static SteppedClient oneByOne(RawServer server) {
    return new SteppedClient(Samples.withConcurrency(Samples.settings(server.url()), 1));
  }

  /** Answers badly to what has the pattern in its first line. */
  private static RawServer server(AtomicBoolean isBad, Bad bad, String pattern) {
    RawServer[] self = new RawServer[1];
    self[0] =
        RawServer.start(
            (number, connection) -> {
              String request = self[0].latestRequest();
              if (isBad.get() && request.matches(".*" + pattern + ".*")) {
                RawServer.answer(connection, bad.status(), bad.headers(), bad.body());
              } else {
                RawServer.answer(connection, 200, "", request.startsWith("GET") ? "[]" : OK);
              }
              return true;
            });
    return self[0];
  }
}
