package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FaultsTest {

  private static final String BODY = "{\"from_name\":\"New Name\"}";

  @ParameterizedTest
  @CsvSource({
    "301, text/html",
    "302, text/html",
    "304, text/plain",
    "400, application/json",
    "401, application/json",
    "403, application/json",
    "404, application/json",
    "408, application/json",
    "422, application/json",
    "429, application/json",
    "500, application/json",
    "502, text/html",
    "503, text/html",
    "504, text/html",
    "524, text/html",
  })
  void statusIsAnsweredAndNothingApplied(int status, String type) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(status + ":100%"))) {
      HttpResponse<String> answer = new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY);

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
      assertThat(sandbox.counts().updatesApplied()).isZero();
      assertThat(sandbox.counts().requestsByStatus()).containsOnlyKeys(status);
    }
  }

  @Test
  void redirectPointsToLoopbackOutsideOfTheApi() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("302:100%"))) {
      assertThat(new Caller(sandbox).get("/email-accounts/").headers().firstValue("Location"))
          .contains(sandbox.baseUrl().resolve("/moved").toString());
    }
  }

  @Test
  void tooManyCallsComesWithTheTimeToWait() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("429:100%"))) {
      HttpResponse<String> answer = new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Too many requests\","
                  + "\"retry_after\":1}}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "challenge | 403 | (?s)<!DOCTYPE html>.*Just a moment.*",
        "forbidden | 403 | \\{\"message\":\"You have no access to this email account\"}",
        "limited | 403 | \\{\"error\":\\{\"code\":\"RATE_LIMIT_EXCEEDED\",.*\"retry_after\":1}}",
        "expired | 400 | \\{\"error\":\"Plan expired!\"}",
        "nopath | 404 | (?s)<!DOCTYPE html>.*Cannot POST.*",
        "later | 503 | (?s)<!DOCTYPE html>.*",
      })
  void refusalsThatAreNotWhatTheirStatusSays(String kind, int status, String body)
      throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(kind + ":100%"))) {
      HttpResponse<String> answer = new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY);

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).matches(body);
      assertThat(answer.headers().firstValue("cf-mitigated").isPresent())
          .isEqualTo(kind.equals("challenge"));
      assertThat(answer.headers().firstValue("Retry-After").isPresent())
          .isEqualTo(kind.equals("later"));
      assertThat(isApplied(sandbox)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cap:40, 0, 40",
    "cap:40, 980, 20",
    "hide:50, 0, 98",
    "repeat:200, 700, 100",
    "shrink:1, 950, 50",
    "endless:200, 5000, 100",
  })
  void theListIsNotWhatItSeems(String fault, int offset, int rows) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(fault))) {
      String page = new Caller(sandbox).get("/email-accounts/?offset=" + offset).body();

      assertThat(page.split("\"created_at\"", -1)).hasSize(rows + 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shape:1 | {\"data\":[{\"id\":",
        "shape:2 | {\"ok\":true,\"total\":1000,\"data\":[{\"id\":",
        "shape:3 | {\"accounts\":[{\"id\":",
      })
  void theListHasAnotherShape(String fault, String start) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(fault))) {
      assertThat(new Caller(sandbox).get("/email-accounts/").body()).startsWith(start);
    }
  }

  /** Whichever of them they are, they stay the same ones, and their reads are answered. */
  @Test
  void everyUpdateOfABlockedAccountIsRefused() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("blocked:30%"))) {
      Caller caller = new Caller(sandbox);
      int blocked = 0;
      for (long id = FIRST_ACCOUNT_ID; id < FIRST_ACCOUNT_ID + 50; id++) {
        int status = caller.update(id, BODY).statusCode();
        assertThat(caller.update(id, BODY).statusCode()).isEqualTo(status);
        assertThat(caller.get("/email-accounts/" + id).statusCode()).isEqualTo(200);
        blocked += status == 403 ? 1 : 0;
      }
      assertThat(blocked).isBetween(5, 25);
    }
  }

  @ParameterizedTest
  @CsvSource({"429:100%, 429", "later:100%, 503"})
  void theTimeToWaitCanBeChosen(String fault, int status) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(fault + ",retry-after:2m"))) {
      HttpResponse<String> answer = new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY);

      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Retry-After")).contains("120");
    }
  }

  @Test
  void headersAboutLimitsMayLie() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("rate-limit-reset:2h,clock:+1h"))) {
      HttpResponse<String> answer = new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).contains("0");
      assertThat(answer.headers().firstValueAsLong("X-RateLimit-Reset").orElse(0))
          .isBetween(
              Instant.now().plusSeconds(3 * 3_600 - 30).getEpochSecond(),
              Instant.now().plusSeconds(3 * 3_600).getEpochSecond());
    }
  }

  @ParameterizedTest
  @CsvSource({"clock:+26h, 26", "clock:-1h, -1", "none, 0", "reset:0%, 0"})
  void theClockMayBeOff(String faults, int hours) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(faults))) {
      Caller caller = new Caller(sandbox);
      for (int call = 0; call < 3; call++) {
        String date = caller.get("/email-accounts/").headers().firstValue("Date").orElse("");
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
            .isBetween(
                Instant.now().plusSeconds(hours * 3_600L - 20),
                Instant.now().plusSeconds(hours * 3_600L));
      }
    }
  }

  @Test
  void idleConnectionsAreClosedInGoodOrder() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("idle-close:300ms"));
        RawCaller caller = new RawCaller(sandbox)) {
      long start = System.nanoTime();
      caller.update(BODY);

      assertThat(caller.readToEnd()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("}");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(300));
      assertThat(isApplied(sandbox)).isTrue();
    }
  }

  /** A caller that waits for an answer is not idle, however long that takes. */
  @Test
  void aConnectionWithACallUnderWayIsNotIdle() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("slow:100%,idle-close:300ms"))) {
      assertThat(new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY).body())
          .startsWith("{\"ok\":true,");
    }
  }

  @Test
  void faultsMayEnd() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("500:100%,for:1s"))) {
      Caller caller = new Caller(sandbox);
      assertThat(caller.update(FIRST_ACCOUNT_ID, BODY).statusCode()).isEqualTo(500);
      TimeUnit.MILLISECONDS.sleep(1_001);
      assertThat(caller.update(FIRST_ACCOUNT_ID, BODY).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theListMovesWhileItIsRead() throws Exception {
    try (Sandbox shrinks = Sandbox.start(TestSettings.faults("shrink:1"));
        Sandbox grows = Sandbox.start(TestSettings.faults("grow:1"))) {
      Caller shrinking = new Caller(shrinks);
      Caller growing = new Caller(grows);
      for (int page = 0; page < 3; page++) {
        assertThat(shrinking.get("/email-accounts/?limit=1").body())
            .startsWith("[{\"id\":" + (FIRST_ACCOUNT_ID + page) + ",");
        assertThat(growing.get("/email-accounts/?limit=1&offset=" + page).body())
            .startsWith("[{\"id\":" + FIRST_ACCOUNT_ID + ",");
      }
      assertThat(growing.get("/email-accounts/?limit=1").body())
          .startsWith("[{\"id\":" + (FIRST_ACCOUNT_ID + 999) + ",");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other | true | \\{\"ok\":true,.*\"emailAccountId\":100000011}",
        "limited200 | false | \\{\"error\":\\{\"code\":\"RATE_LIMIT_EXCEEDED\",.*}}",
        "notok | false | \\{\"ok\":false,\"message\":\".*\"}",
        "empty | true | ",
        "text | true | Success",
        "html | true | (?s)<!DOCTYPE html>.*",
        "none | true | \\{\"ok\":true,.*}",
      })
  void twoHundredIsNotAlwaysASuccess(String kind, boolean applied, String body) throws Exception {
    String faults = kind.equals("none") ? kind : kind + ":100%";
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(faults))) {
      HttpResponse<String> answer = new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).matches(body == null ? "" : body);
      assertThat(isApplied(sandbox)).isEqualTo(applied);
    }
  }

  /** On the wire, since clients differ in what they make of it. */
  @ParameterizedTest
  @CsvSource({"reset, false", "lost, true"})
  void connectionIsReset(String kind, boolean applied) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(kind + ":100%"));
        RawCaller caller = new RawCaller(sandbox)) {
      caller.update(BODY);

      assertThatThrownBy(caller::readToEnd)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThat(isApplied(sandbox)).isEqualTo(applied);
      assertThat(sandbox.counts().requestsByStatus()).containsOnlyKeys(SandboxRequest.NO_ANSWER);
    }
  }

  @Test
  void bodyBreaksOffHalfWay() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("cut:100%"));
        RawCaller caller = new RawCaller(sandbox)) {
      caller.update(BODY);
      String answer = caller.readToEnd();

      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      assertThat(body).startsWith("{\"ok\":true,").doesNotContain("}");
      assertThat(answer).contains("Content-length: " + (2 * body.length() + 1) + "\r\n");
      assertThat(isApplied(sandbox)).isTrue();
    }
  }

  @Test
  void hangNeverAnswersAndAppliesNothing() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("hang:100%"));
        RawCaller caller = new RawCaller(sandbox)) {
      caller.update(BODY);
      caller.timeout(Duration.ofMillis(300));

      assertThatThrownBy(caller::readToEnd).isInstanceOf(SocketTimeoutException.class);
      assertThat(sandbox.counts().requests()).isEqualTo(1);
      assertThat(isApplied(sandbox)).isFalse();
    }
  }

  @Test
  void slowAnswerIsRightAndLate() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("slow:100%"))) {
      long start = System.nanoTime();
      HttpResponse<String> answer = new Caller(sandbox).update(FIRST_ACCOUNT_ID, BODY);

      assertThat(answer.body()).startsWith("{\"ok\":true,");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(RequestPipeline.SLOW);
    }
  }

  /** A connection that is reset takes no other with it, and the relay carries large bodies. */
  @Test
  void otherCallsLiveBesideTheFaults() throws Exception {
    String signature = "{\"signature\":\"" + "x".repeat(1_000_000) + "\"}";
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("reset:30%,lost:10%"))) {
      Caller caller = new Caller(sandbox);
      int answered = 0;
      for (int i = 0; i < 50; i++) {
        try {
          assertThat(caller.update(FIRST_ACCOUNT_ID + i, signature).statusCode()).isEqualTo(200);
          answered++;
        } catch (IOException reset) {
          // Told apart from an answer; the counts say how many there have to be.
        }
      }
      assertThat(sandbox.counts().requestsByStatus()).containsEntry(200, (long) answered);
      assertThat(answered).isBetween(15, 45);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "500", "empty"})
  void faultsLeaveWrongKeysAndOtherPathsAlone(String kind) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(kind + ":100%"));
        RawCaller caller = new RawCaller(sandbox)) {
      assertThat(new Caller(sandbox, "wrong").update(FIRST_ACCOUNT_ID, BODY).statusCode())
          .isEqualTo(401);
      caller.send("GET /moved HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(caller.readToEnd()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void refusalIsNotSpoiltIntoASuccess() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults("empty:100%"))) {
      assertThat(new Caller(sandbox).update(5, BODY).statusCode()).isEqualTo(404);
    }
  }

  private static boolean isApplied(Sandbox sandbox) {
    return sandbox
        .settingsOf(FIRST_ACCOUNT_ID)
        .get(AccountField.FROM_NAME)
        .equals(new SettingValue.Text("New Name"));
  }
}
