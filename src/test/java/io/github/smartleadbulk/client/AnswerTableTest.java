package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Accepted;
import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.api.Answer.Uncertain;
import io.github.smartleadbulk.api.ClientSettings;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a row comes to when its last try is answered. */
@Timeout(20)
class AnswerTableTest {

  private static final String HTML = "<!DOCTYPE html><html><body>Bad gateway</body></html>";

  private static Stream<Arguments> answers() {
    return Stream.of(
        // Success, and what only looks like it.
        of(200, "{\"ok\":true,\"message\":\"done\",\"emailAccountId\":7}", new Accepted(200, 1)),
        of(201, "{\"ok\":true}", new Accepted(201, 1)),
        of(200, "{\"success\":true}", new Accepted(200, 1)),
        of(200, "{\"ok\":false,\"message\":\"no\"}", new Failed(200, 1, "no")),
        of(200, "{\"success\":false,\"error\":\"no\"}", new Failed(200, 1, "no")),
        of(200, "{\"ok\":true,\"success\":false}", new Failed(200, 1, "HTTP 200 without a reason")),
        // A 2xx that proves nothing.
        of(200, "", new Uncertain(200, 1, "HTTP 200, empty answer")),
        of(204, "", new Uncertain(204, 1, "HTTP 204, empty answer")),
        of(200, "OK", new Uncertain(200, 1, "HTTP 200, an answer that is not JSON: OK")),
        of(200, "true", new Uncertain(200, 1, "HTTP 200, an answer that is not JSON: true")),
        of(200, HTML, new Uncertain(200, 1, "HTTP 200, HTML answer")),
        of(
            200,
            "{\"ok\":true",
            new Uncertain(200, 1, "HTTP 200, an answer that is not JSON: {\"ok\":true")),
        of(
            200,
            "{\"message\":\"queued\"}",
            new Uncertain(200, 1, "HTTP 200 does not confirm success: queued")),
        of(
            200,
            "{\"ok\":\"true\"}",
            new Uncertain(200, 1, "HTTP 200 does not confirm success: HTTP 200 without a reason")),
        // An answer that went to the wrong call.
        of(200, "{\"ok\":true,\"emailAccountId\":\"7\"}", new Accepted(200, 1)),
        of(200, "{\"ok\":true,\"emailAccountId\":null}", new Accepted(200, 1)),
        of(200, "{\"ok\":true,\"emailAccountId\":\"\"}", new Accepted(200, 1)),
        of(200, "{\"ok\":true,\"emailAccountId\":7.0}", new Accepted(200, 1)),
        of(
            200,
            "{\"ok\":false,\"message\":\"no\",\"emailAccountId\":8}",
            new Uncertain(200, 1, "HTTP 200, but the answer is about account 8 instead of 7")),
        of(
            404,
            "{\"ok\":false,\"errorCode\":\"ACCOUNT_NOT_FOUND\",\"emailAccountId\":8}",
            new Uncertain(404, 1, "HTTP 404, but the answer is about account 8 instead of 7")),
        of(
            200,
            "{\"ok\":true,\"emailAccountId\":8}",
            new Uncertain(200, 1, "HTTP 200, but the answer is about account 8 instead of 7")),
        of(
            200,
            "{\"ok\":true,\"emailAccountId\":\"none\"}",
            new Uncertain(
                200, 1, "HTTP 200, but the answer is about account \"none\" instead of 7")),
        of(
            200,
            "{\"ok\":true,\"emailAccountId\":[7]}",
            new Uncertain(
                200, 1, "HTTP 200, but the answer is about account something else instead of 7")),
        of(
            200,
            "{\"ok\":true,\"emailAccountId\":9007199254740993}",
            new Uncertain(
                200,
                1,
                "HTTP 200, but the answer is about account 9007199254740993 instead of 7 (beyond"
                    + " 2^53: JSON cannot tell such numbers apart)")),
        of(
            200,
            "{\"ok\":true,\"emailAccountId\":9223372036854775808}",
            new Uncertain(
                200,
                1,
                "HTTP 200, but the answer is about account 9223372036854775808 instead of 7 (beyond"
                    + " 2^63: no id has so many digits)")),
        // Of one account alone.
        of(403, "{\"message\":\"Forbidden\"}", new Failed(403, 1, "Forbidden")),
        of(
            400,
            "{\"message\":\"Invalid token < in JSON at position 0\"}",
            new Failed(400, 1, "Invalid token < in JSON at position 0")),
        of(
            400,
            "{\"message\":\"These words are blocked: \\\"your payment failed\\\"\"}",
            new Failed(400, 1, "These words are blocked: \"your payment failed\"")),
        of(
            403,
            "{\"error\":\"max_email_per_day above 50: upgrade your plan\"}",
            new Failed(403, 1, "max_email_per_day above 50: upgrade your plan")),
        of(
            403,
            "{\"error\":\"This API key has no access to email account 7\"}",
            new Failed(403, 1, "This API key has no access to email account 7")),
        of(
            400,
            "{\"error\":\"The API key of this mailbox's provider is not valid\"}",
            new Failed(400, 1, "The API key of this mailbox's provider is not valid")),
        of(
            403,
            "{\"error\":\"You are not authorized to update this email account\"}",
            new Failed(403, 1, "You are not authorized to update this email account")),
        of(
            400,
            "{\"message\":\"\\\"from_name\\\" Plan expired! is too short\","
                + "\"validation\":{\"keys\":[\"from_name\"]}}",
            new Failed(400, 1, "\"from_name\" Plan expired! is too short")),
        of(402, "{\"message\":\"pay\"}", new Failed(402, 1, "pay")),
        // A firewall's word.
        of(
            403,
            HTML,
            new Failed(403, 1, "a firewall such as Cloudflare blocks this request (HTTP 403)")),
        of(
            403,
            "error code: 1020",
            new Failed(403, 1, "a firewall such as Cloudflare blocks this request (HTTP 403)")),
        of(
            503,
            "<title>Just a moment...</title>",
            new Failed(503, 1, "a firewall such as Cloudflare blocks this request (HTTP 503)")),
        of(503, HTML, new Failed(503, 1, "HTTP 503, HTML answer", true)),
        // Refused for good, with the reason wherever it stands.
        of(
            404,
            "{\"error\":\"Email account not found\"}",
            new Failed(404, 1, "Email account not found")),
        of(
            404,
            "{\"ok\":false,\"message\":\"gone\",\"errorCode\":\"ACCOUNT_NOT_FOUND\"}",
            new Failed(404, 1, "gone")),
        of(
            400,
            "{\"statusCode\":400,\"error\":\"Bad Request\",\"message\":\"\\\"x\\\" is not allowed\","
                + "\"validation\":{\"source\":\"body\",\"keys\":[\"x\"]}}",
            new Failed(400, 1, "\"x\" is not allowed")),
        of(
            400,
            "{\"validation\":{\"keys\":[\"x\",\"y\"]}}",
            new Failed(400, 1, "not accepted: x; y")),
        of(
            422,
            "{\"error\":{\"code\":\"INVALID\",\"message\":\"too large\"}}",
            new Failed(422, 1, "too large")),
        of(422, "{\"message\":[\"one\",\"two\"]}", new Failed(422, 1, "one; two")),
        of(409, "plain words", new Failed(409, 1, "plain words")),
        of(410, "", new Failed(410, 1, "HTTP 410, empty answer")),
        of(413, HTML, new Failed(413, 1, "HTTP 413, HTML answer")),
        of(418, "{\"a\":1}", new Failed(418, 1, "HTTP 418 without a reason")),
        of(400, "{\"message\":\"<b>no</b>\"}", new Failed(400, 1, "HTML answer")),
        of(400, "{\"message\":\"a\\n\\tb\\u0007\\u202Ec\"}", new Failed(400, 1, "a b c")),
        of(302, "", new Failed(302, 1, "HTTP 302: redirects are not followed, to protect the key")),
        // No success in all attempts.
        of(408, "{\"message\":\"slow\"}", new Failed(408, 1, "slow")),
        of(500, "{\"message\":\"oops\"}", new Failed(500, 1, "oops")),
        of(502, HTML, new Failed(502, 1, "HTTP 502, HTML answer", true)),
        of(503, "", new Failed(503, 1, "HTTP 503, empty answer", true)),
        of(524, HTML, new Failed(524, 1, "HTTP 524, HTML answer", true)));
  }

  private static Arguments of(int status, String body, Answer answer) {
    return Arguments.of(status, body, answer);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void saysWhatTheAnswerMeans(int status, String body, Answer expected) throws Exception {
    assertThat(lastTry(status, "", body)).isEqualTo(expected);
  }

  @Test
  void doesNotFollowARedirect() throws Exception {
    try (RawServer elsewhere = RawServer.start((number, connection) -> false)) {
      lastTry(307, "Location: http://127.0.0.1:" + elsewhere.port() + "/\r\n", "");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void cutsLongReasons() throws Exception {
    Answer answer = lastTry(400, "", "{\"message\":\"" + "ä".repeat(5000) + "\"}");
    assertThat(answer).isEqualTo(new Failed(400, 1, "ä".repeat(300) + "…"));
  }

  @Test
  void readsNoMoreOfABodyThanItNeeds() throws Exception {
    try (RawServer server =
        RawServer.start(
            (number, connection) -> {
              RawServer.write(connection, "HTTP/1.1 400 X\r\n\r\n");
              while (true) {
                RawServer.write(connection, "for ever and ever ");
              }
            })) {
      Answer answer = lastTry(server);
      assertThat(answer)
          .isEqualTo(new Failed(400, 1, "for ever and ever ".repeat(17).substring(0, 300) + "…"));
    }
  }

  private static Answer lastTry(int status, String headers, String body) throws Exception {
    try (RawServer server =
        RawServer.start(
            (number, connection) -> {
              // It has no body, not even an empty one.
              if (status == 204) {
                RawServer.write(connection, "HTTP/1.1 204 X\r\n\r\n");
              } else {
                RawServer.answer(connection, status, headers, body);
              }
              return true;
            })) {
      Answer answer = lastTry(server);
      assertThat(server.requests()).hasSize(1);
      return answer;
    }
  }

  private static Answer lastTry(RawServer server) throws Exception {
    ClientSettings settings = Samples.withMaxAttempts(Samples.settings(server.url()), 1);
    try (SmartleadClient client = SmartleadClient.create(settings, CallHistory.none())) {
      return WaitingCaller.update(client, Samples.update(7)).get(10, TimeUnit.SECONDS);
    }
  }
}
