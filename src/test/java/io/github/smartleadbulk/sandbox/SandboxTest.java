package io.github.smartleadbulk.sandbox;

import static io.github.smartleadbulk.sandbox.Sandbox.FIRST_ACCOUNT_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.net.BindException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SandboxTest {

  @Test
  void updateChangesOnlyWhatItNames() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Map<AccountField, SettingValue> before = sandbox.settingsOf(FIRST_ACCOUNT_ID);

      HttpResponse<String> answer =
          new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"max_email_per_day\":7}");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("application/json; charset=utf-8");
      assertThat(answer.body())
          .isEqualTo(
              "{\"ok\":true,\"message\":\"Email account details updated successfully!\","
                  + "\"emailAccountId\":10000001}");
      before.put(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(7));
      assertThat(sandbox.settingsOf(FIRST_ACCOUNT_ID)).isEqualTo(before);
      assertThat(sandbox.counts())
          .isEqualTo(new SandboxCounts(1, new TreeMap<>(Map.of(200, 1L)), 1));
    }
  }

  @Test
  void addressIsLoopbackAndEndsWhereSmartLeadsDoes() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      assertThat(sandbox.baseUrl().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+/api/v1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%20", "wrong"})
  void anyKeyIsLetInButNoneAndWrong(String key) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      HttpResponse<String> answer =
          new Caller(sandbox, key).update(FIRST_ACCOUNT_ID, "{\"from_name\":\"X\"}");

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("{\"message\":\"Invalid API Key\"}");
      assertThat(sandbox.counts().updatesApplied()).isZero();
    }
  }

  @Test
  void requiredKeyIsTheOnlyOne() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.key("secret"))) {
      assertThat(sandbox.exampleKey()).isEqualTo("secret");
      assertThat(new Caller(sandbox).get("/email-accounts/").statusCode()).isEqualTo(200);
      assertThat(new Caller(sandbox, "other").get("/email-accounts/").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /email-accounts/10001001, 404",
    "GET, /email-accounts/10000000/, 404",
    "POST, /email-accounts/999999999999999999, 404",
    "GET, /email-accounts/abc, 404",
    "GET, /nothing, 404",
    "PUT, /email-accounts/10000001, 405",
    "DELETE, /email-accounts/10000001, 405",
    "HEAD, /email-accounts/10000001, 405",
    "POST, /email-accounts/, 405",
    "GET, /../outside, 404",
  })
  void whatIsNotThereIsRefused(String method, String path, int status) throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      assertThat(new Caller(sandbox).send(method, path, "{\"from_name\":\"X\"}").statusCode())
          .isEqualTo(status);
    }
  }

  @Test
  void unknownAccountIsRefusedInTheWordsOfTheDocumentation() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      assertThat(new Caller(sandbox).update(5, "{\"from_name\":\"X\"}").body())
          .isEqualTo(
              "{\"ok\":false,\"message\":\"Email account not found\","
                  + "\"errorCode\":\"ACCOUNT_NOT_FOUND\",\"emailAccountId\":5}");
      assertThat(new Caller(sandbox).get("/email-accounts/5").body())
          .isEqualTo("{\"error\":\"Email account not found\"}");
    }
  }

  @Test
  void observerIsToldBeforeTheAnswerIsThereAndNeverOfTheKey() throws Exception {
    ConcurrentLinkedQueue<SandboxRequest> told = new ConcurrentLinkedQueue<>();
    try (Sandbox sandbox = Sandbox.start(TestSettings.key("secret"), told::add)) {
      Instant before = Instant.now();
      new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"from_name\":\"X\"}");
      SandboxRequest request = told.remove();

      assertThat(request.arrivedAt()).isBetween(before.minusMillis(5), Instant.now());
      assertThat(request)
          .isEqualTo(
              new SandboxRequest(
                  request.arrivedAt(),
                  null,
                  "POST",
                  "/api/v1/email-accounts/10000001",
                  200,
                  FIRST_ACCOUNT_ID));
    }
  }

  @Test
  void bodyOfMoreThanTenMegabytesIsRefusedAndTheConnectionLives() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      Caller caller = new Caller(sandbox);
      String large = "{\"signature\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}";

      assertThat(caller.update(FIRST_ACCOUNT_ID, large).statusCode()).isEqualTo(413);
      assertThat(caller.update(FIRST_ACCOUNT_ID, large.substring(100)).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void textOfOneMegabyteIsKeptToTheLetter() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
      String text = "<p>ä \uD83D\uDE00, quoted </p>".repeat(40_000);
      new Caller(sandbox).update(FIRST_ACCOUNT_ID, "{\"signature\":\"" + text + "\"}");

      assertThat(sandbox.settingsOf(FIRST_ACCOUNT_ID))
          .containsEntry(AccountField.SIGNATURE, new SettingValue.Text(text));
    }
  }

  @Test
  void callsOverlapHoweverLongAnAnswerTakes() throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.latency(Duration.ofMillis(500)))) {
      Caller caller = new Caller(sandbox);
      long start = System.nanoTime();
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(caller.updateLater(FIRST_ACCOUNT_ID + i, "{\"from_name\":\"X\"}"));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }

      // One after another they would take 100 s, on 20 threads 5 s.
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(4));
    }
  }

  @Test
  void closesAtOnceWithCallsInFlight() throws Exception {
    ConcurrentLinkedQueue<SandboxRequest> told = new ConcurrentLinkedQueue<>();
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    Sandbox sandbox =
        Sandbox.start(
            TestSettings.faults("hang:100%"),
            request -> {
              told.add(request);
              arrived.complete(null);
            });
    CompletableFuture<HttpResponse<String>> answer =
        new Caller(sandbox).updateLater(FIRST_ACCOUNT_ID, "{\"from_name\":\"X\"}");
    arrived.get(5, TimeUnit.SECONDS);
    long start = System.nanoTime();
    sandbox.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(told).extracting(SandboxRequest::status).containsExactly(SandboxRequest.NO_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "reset:1%"})
  void portThatIsTakenIsAnError(String faults) throws Exception {
    try (Sandbox sandbox = Sandbox.start(TestSettings.faults(faults))) {
      SandboxSettings same = TestSettings.port(sandbox.baseUrl().getPort());

      assertThatThrownBy(() -> Sandbox.start(same)).isInstanceOf(BindException.class);
    }
  }
}
