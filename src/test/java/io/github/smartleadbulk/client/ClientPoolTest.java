package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients side by side, each with its own key. */
@Timeout(120)
class ClientPoolTest {

  private static final int CLIENTS = 1_000;
  private static final int ROWS = 12;
  private static final RateWindow WINDOW = new RateWindow(5, Duration.ofMillis(300));

  private static final Answer.Accepted ACCEPTED = new Answer.Accepted(200, 1);

  @Test
  void aThousandClientsKeepToTheirOwnLimitsOnABoundedNumberOfThreads() throws Exception {
    try (ManyKeysServer server = new ManyKeysServer(WINDOW, Duration.ofMillis(50));
        ClientPool pool = ClientPool.start(CLIENTS)) {
      List<RowsInTurn> callers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        ClientSettings settings = settings(server.url(), "key-" + i, List.of(WINDOW));
        callers.add(RowsInTurn.start(pool.create(settings, CallHistory.none()), ROWS));
      }
      int most = 0;
      while (!callers.stream().allMatch(RowsInTurn::isDone)) {
        most = Math.max(most, threads().size());
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(callers)
          .allSatisfy(caller -> assertThat(caller.answers).hasSize(ROWS).containsOnly(ACCEPTED));
      assertThat(server.refused()).isZero();
      assertThat(server.keys()).isEqualTo(CLIENTS);
      // More could have been under way, with up to 4 of each client.
      assertThat(server.mostAtOnce()).isBetween(100, 512);
      // A call counts until its answer is known, and its thread ends a little later.
      assertThat(most).isLessThan(2 * 512);
    }
    until(() -> threads().isEmpty());
  }

  private static List<String> threads() {
    Thread[] threads = new Thread[4_000];
    int count = Thread.enumerate(threads);
    return Stream.of(threads)
        .limit(count)
        .map(Thread::getName)
        .filter(name -> name.startsWith("smartlead-"))
        .toList();
  }

  @Test
  void aServerThatStallsHoldsUpNoOther() throws Exception {
    AtomicInteger stalled = new AtomicInteger();
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer slow =
            RawServer.start(
                (number, connection) -> {
                  stalled.incrementAndGet();
                  end.await();
                  return false;
                });
        RawServer quick = RawServer.start(ClientPoolTest::ok);
        ClientPool pool = ClientPool.start(4)) {
      SmartleadClient stuck =
          pool.create(settings(slow.url(), "slow", List.of()), CallHistory.none());
      RowsInTurn waiting = RowsInTurn.start(stuck, 200);
      // A quarter of all.
      until(() -> stalled.get() == 128);
      for (int i = 1; i <= 3; i++) {
        SmartleadClient client =
            pool.create(settings(quick.url(), "quick-" + i, List.of()), CallHistory.none());
        RowsInTurn rows = RowsInTurn.start(client, 300);
        rows.await();
        assertThat(rows.answers).hasSize(300).containsOnly(ACCEPTED);
      }
      assertThat(stalled).hasValue(128);
      assertThat(waiting.answers).isEmpty();
      pool.close();
      waiting.await();
      assertThat(waiting.answers).hasSize(200).containsOnly(new Answer.Undecided());
      end.countDown();
    }
  }

  @Test
  void aClientThatIsClosedLeavesTheOthersAlone() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  go.await();
                  return ok(number, connection);
                });
        ClientPool pool = ClientPool.start(2)) {
      SmartleadClient closed =
          pool.create(settings(server.url(), "closed", List.of()), CallHistory.none());
      SmartleadClient open =
          pool.create(settings(server.url(), "open", List.of()), CallHistory.none());
      CompletableFuture<Answer> ofClosed = closed.read(1);
      CompletableFuture<Answer> ofOpen = WaitingCaller.update(open, Samples.update(2));
      until(() -> server.requests().size() == 2);
      closed.close();
      assertThat(ofClosed.get()).isEqualTo(new Answer.Undecided());
      assertThat(closed.list(new AccountPage(0, 1, null)).get()).isEqualTo(new Answer.Undecided());
      assertThat(WaitingCaller.update(closed, Samples.update(3)).get())
          .isEqualTo(new Answer.Undecided());
      go.countDown();
      assertThat(ofOpen.get()).isEqualTo(ACCEPTED);
      assertThat(WaitingCaller.update(open, Samples.update(4)).get()).isEqualTo(ACCEPTED);
      assertThat(server.requests()).hasSize(3);
    }
  }

  /** Each server sends its callers on to the other one. */
  @Test
  void aKeyGoesToNoServerButItsOwn() throws Exception {
    RawServer[] servers = new RawServer[2];
    try (ClientPool pool = ClientPool.start(2)) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int other = 1 - i;
        servers[i] =
            RawServer.start(
                (number, connection) -> {
                  String to = servers[other].url() + "/email-accounts/1";
                  RawServer.answer(connection, 307, "Location: " + to + "\r\n", "");
                  return true;
                });
      }
      for (int i = 0; i < 2; i++) {
        SmartleadClient client =
            pool.create(settings(servers[i].url(), "marker-" + i, List.of()), CallHistory.none());
        answers.add(client.read(1));
        answers.add(WaitingCaller.update(client, Samples.update(1)));
      }
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(answer.get()).isNotInstanceOf(Answer.Accepted.class);
      }
      for (int i = 0; i < 2; i++) {
        String key = "api_key=marker-" + i;
        assertThat(servers[i].requests())
            .isNotEmpty()
            .allSatisfy(request -> assertThat(request).contains(key));
      }
    } finally {
      for (RawServer server : servers) {
        server.close();
      }
    }
  }

  private static boolean ok(int number, Socket connection) throws IOException {
    RawServer.answer(connection, 200, "", "{\"ok\":true}");
    return true;
  }

  private static ClientSettings settings(URI url, String key, List<RateWindow> windows) {
    return new ClientSettings(
        url,
        ApiKey.of(key),
        windows,
        1,
        Duration.ofSeconds(60),
        "smartlead-bulk/test",
        0,
        Duration.ZERO);
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
