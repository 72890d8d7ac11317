package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Accepted;
import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.api.Answer.Listed;
import io.github.smartleadbulk.api.Answer.Undecided;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls for pages of the account list among the limits, the retries and the other calls. */
@Timeout(30)
class PagesTest {

  private static final AccountPage FIRST = new AccountPage(0, AccountPage.ROWS, null);
  private static final Listed PAGE = new Listed(List.of(new Account(7, null, Map.of())), 1);

  @Test
  void asksForTheMostRowsThatMayBe() throws Exception {
    try (RawServer server = RawServer.start((number, connection) -> page(connection));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      assertThat(stepped.feed(FIRST).get()).isEqualTo(PAGE);
      assertThat(stepped.feed(new AccountPage(12_300, AccountPage.ROWS, 42L)).get())
          .isEqualTo(PAGE);
      String list = "GET /api/v1/email-accounts/?offset=";
      assertThat(server.requests())
          .containsExactly(
              list + "0&limit=100&api_key=sk-3f9b0c11-secret HTTP/1.1",
              list + "12300&limit=100&client_id=42&api_key=sk-3f9b0c11-secret HTTP/1.1");
      assertThat(server.headers()).contains("User-Agent: smartlead-bulk/test");
    }
  }

  @Test
  void thereIsNoPageBeforeTheFirst() {
    assertThatThrownBy(() -> new AccountPage(-1, AccountPage.ROWS, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found offset -1, expected 0 or more");
  }

  @Test
  void whatGoesWrongOnceIsTriedAgain() throws Exception {
    List<RawServer.Script> faults =
        List.of(
            (n, connection) -> answer(connection, 500, "{}"),
            (n, connection) -> answer(connection, 503, "<html>"),
            (n, connection) -> answer(connection, 200, "{\"message\":\"later\"}"),
            (n, connection) -> answer(connection, 200, "[{\"id\":7}"),
            (n, connection) -> answer(connection, 200, ""),
            (n, connection) -> cutOff(connection),
            (n, connection) -> false,
            (n, connection) -> {
              RawServer.reset(connection);
              return false;
            });
    for (RawServer.Script fault : faults) {
      assertThat(after(2, fault)).isEqualTo(PAGE);
    }
  }

  @Test
  void aPageThatNeverComesHasFailedAndIsNeverInDoubt() throws Exception {
    assertThat(after(3, (n, connection) -> answer(connection, 408, "{}")))
        .isEqualTo(new Failed(408, 3, "HTTP 408 without a reason"));
    assertThat(after(3, (n, connection) -> answer(connection, n == 1 ? 200 : 408, "{}")))
        .isEqualTo(new Failed(408, 3, "HTTP 408 without a reason"));
    assertThat(after(3, (n, connection) -> answer(connection, 200, "{\"rows\":[{\"id\":7}]}")))
        .isEqualTo(
            new Failed(
                200, 3, "HTTP 200 without a list of accounts: found an object with \"rows\""));
  }

  /** A hundred accounts take more than is kept of a body that is no list. */
  @Test
  void aLargePageOfAnotherShapeIsNamedToo() throws Exception {
    String body = "{\"version\":1,\"accounts\":[" + "{\"id\":7},".repeat(10_000) + "{\"id\":7}]}";

    assertThat(after(3, (n, connection) -> answer(connection, 200, body)))
        .isEqualTo(
            new Failed(
                200,
                3,
                "HTTP 200 without a list of accounts: found an object with \"version\","
                    + " \"accounts\""));
  }

  /** Nobody but the page's reader could find the server away: it waits as rows do. */
  @Test
  void aServerThatIsAwayIsWaitedForAndThenGivenUp() throws Exception {
    try (RawServer server = RawServer.start((number, connection) -> false);
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      assertThat(stepped.run(stepped.feed(FIRST))).isEqualTo(new Answer.Undecided());
      assertThat(stepped.client.stopped())
          .contains(
              new ClientStop(
                  ClientStop.Cause.SERVER_AWAY,
                  "the server is away: the server closed the connection without an answer"));
      assertThat(server.requests()).hasSizeGreaterThan(5);
    }
  }

  /** What a page comes to where so many calls end in the fault. */
  private static Answer after(int faulty, RawServer.Script fault) throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) ->
                    number <= faulty ? fault.play(number, connection) : page(connection));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      Answer answer = stepped.run(stepped.feed(FIRST));
      assertThat(server.requests()).hasSize(3);
      assertThat(stepped.client.statistics())
          .extracting(ClientStatistics::calls, ClientStatistics::rateLimited)
          .containsExactly(3L, 0L);
      return answer;
    }
  }

  @Test
  void aRefusalPausesPagesAndRowsAlike() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  if (number == 1) {
                    RawServer.answer(connection, 429, "Retry-After: 30\r\n", "{}");
                    return true;
                  }
                  return number == 2 ? page(connection) : answer(connection, 200, "{\"ok\":true}");
                });
        SteppedClient stepped =
            new SteppedClient(Samples.withMaxAttempts(Samples.settings(server.url()), 1))) {
      CompletableFuture<Answer> page = stepped.feed(FIRST);
      assertThat(stepped.awaitWaiting("429").until()).isEqualTo(SteppedTime.START.plusSeconds(30));
      CompletableFuture<Answer> update = stepped.feed(7);
      assertThat(server.requests()).hasSize(1);
      stepped.time.pass(Duration.ofSeconds(30));
      assertThat(page.get()).isEqualTo(PAGE);
      assertThat(update.get()).isEqualTo(new Accepted(200, 1));
      assertThat(stepped.client.statistics())
          .isEqualTo(new ClientStatistics(3, 1, Map.of("429", Duration.ofSeconds(30))));
    }
  }

  @Test
  void anExhaustedBudgetOnAPagePausesWhatFollows() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  String headers = "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 20\r\n";
                  RawServer.answer(connection, 200, headers, "[]");
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "10/s"))) {
      assertThat(stepped.feed(FIRST).get()).isEqualTo(new Listed(List.of(), 0));
      CompletableFuture<Answer> unused = stepped.feed(FIRST);
      assertThat(stepped.awaitWaiting("server-limit").until())
          .isEqualTo(SteppedTime.START.plusSeconds(20));
    }
  }

  @Test
  void pagesAndRowsDrawOnOneBudgetAndEveryCallIsOnRecord() throws Exception {
    Queue<Instant> recorded = new ConcurrentLinkedQueue<>();
    try (RawServer server = RawServer.start((number, connection) -> page(connection));
        SteppedClient stepped =
            new SteppedClient(
                Samples.settings(server.url(), "2/h"), Samples.record(recorded::add))) {
      stepped.feed(FIRST).get();
      stepped.feed(FIRST).get();
      CompletableFuture<Answer> update = stepped.feed(7);
      assertThat(stepped.awaitWaiting("2/h").until())
          .isEqualTo(SteppedTime.START.plus(Duration.ofMillis(3_600_005)));
      assertThat(update).isNotDone();
      assertThat(recorded).hasSize(2);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aServerThatIsAwayFailsNoPage() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    try (RawServer server =
            RawServer.start(
                (number, connection) ->
                    away.get() ? answer(connection, 503, "") : page(connection));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(stepped.feed(FIRST));
      }
      stepped.awaitWaiting("outage");
      away.set(false);
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(stepped.run(answer)).isEqualTo(PAGE);
      }
    }
  }

  @Test
  void aRefusedKeyStopsTheClient() throws Exception {
    String body = "{\"message\":\"Invalid API Key\"}";
    try (RawServer server = RawServer.start((number, connection) -> answer(connection, 401, body));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      assertThat(stepped.feed(FIRST).get()).isEqualTo(new Undecided());
      assertThat(stepped.feed(FIRST).get()).isEqualTo(new Undecided());
      assertThat(stepped.feed(7).get()).isEqualTo(new Undecided());
      assertThat(stepped.client.stopped())
          .contains(
              new ClientStop(
                  ClientStop.Cause.KEY_REFUSED,
                  "the API key was refused (HTTP 401): Invalid API Key"));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void stopLeavesPagesUndecided() throws Exception {
    try (RawServer server = RawServer.start((number, connection) -> answer(connection, 500, ""));
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "1/h"))) {
      CompletableFuture<Answer> waitsForAnotherTry = stepped.feed(FIRST);
      CompletableFuture<Answer> blocked = stepped.feed(FIRST);
      stepped.awaitWaiting("1/h");
      stepped.client.stop();
      assertThat(waitsForAnotherTry.get(5, TimeUnit.SECONDS)).isEqualTo(new Undecided());
      assertThat(blocked.get(5, TimeUnit.SECONDS)).isEqualTo(new Undecided());
      assertThat(stepped.feed(FIRST).get()).isEqualTo(new Undecided());
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** Each waits for the one call that may be under way: none may be forgotten there. */
  @Test
  void severalCallersAtOnceAllGetTheirAnswers() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        SmartleadClient client =
            SmartleadClient.create(
                Samples.withConcurrency(Samples.settings(sandbox.baseUrl()), 1),
                CallHistory.none())) {
      List<CompletableFuture<List<Answer>>> callers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean lists = i % 2 == 0;
        callers.add(CompletableFuture.supplyAsync(() -> fifty(client, lists)));
      }
      for (int i = 0; i < 4; i++) {
        Class<?> expected = i % 2 == 0 ? Listed.class : Accepted.class;
        assertThat(callers.get(i).get()).hasSize(50).hasOnlyElementsOfType(expected);
      }
      assertThat(client.statistics()).isEqualTo(new ClientStatistics(200, 0, Map.of()));
    }
  }

  private static List<Answer> fifty(SmartleadClient client, boolean lists) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        answers.add(
            lists
                ? client.list(FIRST)
                : WaitingCaller.update(client, Samples.update(Sandbox.FIRST_ACCOUNT_ID)));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void readsTheSandboxToItsEnd() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults());
        SmartleadClient client =
            SmartleadClient.create(Samples.settings(sandbox.baseUrl()), CallHistory.none())) {
      List<Account> accounts = new ArrayList<>();
      Listed page;
      do {
        page = (Listed) client.list(new AccountPage(accounts.size(), AccountPage.ROWS, null)).get();
        accounts.addAll(page.accounts());
      } while (page.rows() == AccountPage.ROWS);
      assertThat(accounts).hasSize(1000).allMatch(account -> account.fromEmail() != null);
      for (Account account : accounts) {
        Map<AccountField, SettingValue> told = new EnumMap<>(sandbox.settingsOf(account.id()));
        told.remove(AccountField.IS_SUSPENDED);
        if (account.id() % 7 == 0 && told.get(AccountField.BCC) instanceof SettingValue.None) {
          told.remove(AccountField.BCC);
        }
        assertThat(account.valuesByField()).isEqualTo(told);
      }
      SettingValue clientId = new SettingValue.Whole(301);
      Listed ofClient = (Listed) client.list(new AccountPage(0, AccountPage.ROWS, 301L)).get();
      assertThat(ofClient.accounts())
          .isNotEmpty()
          .isEqualTo(
              accounts.stream()
                  .filter(a -> clientId.equals(a.valuesByField().get(AccountField.CLIENT_ID)))
                  .toList());
    }
  }

  private static boolean page(Socket connection) throws IOException {
    return answer(connection, 200, "[{\"id\":7}]");
  }

  private static boolean cutOff(Socket connection) throws IOException {
    RawServer.write(connection, "HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n[{\"id\":7}]");
    return false;
  }

  private static boolean answer(Socket connection, int status, String body) throws IOException {
    RawServer.answer(connection, status, "", body);
    return true;
  }
}
