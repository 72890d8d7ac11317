package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever was declined is told to come again. */
@Timeout(120)
class WhenRoomTest {

  private static final int CLIENTS = 24;
  private static final int CALLERS = 3;
  private static final int ROWS = 60;

  /** Answers of all kinds, few calls at once, windows: each reason to wait comes often. */
  @Test
  void everyCallerIsToldOnceForEachRowThatWasDeclined() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SteppedTime time = new SteppedTime();
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  int status = status(random);
                  RawServer.answer(connection, status, "", "{\"ok\":true}");
                  return status != 502;
                });
        ClientPool pool = ClientPool.start(CLIENTS, time)) {
      List<SmartleadClient> clients = new ArrayList<>();
      List<RowsInTurn> callers = new ArrayList<>();
      List<CompletableFuture<Answer>> pages = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String windows = i % 2 == 0 ? "unlimited" : "7/s";
        ClientSettings settings =
            Samples.withConcurrency(Samples.settings(server.url(), windows), 1 + i % 4);
        SmartleadClient client = pool.create(settings, CallHistory.none());
        clients.add(client);
        for (int caller = 0; caller < CALLERS; caller++) {
          callers.add(RowsInTurn.start(client, ROWS));
        }
        pages.add(client.list(new AccountPage(0, AccountPage.ROWS, null)));
      }
      CompletableFuture<?> allPages =
          CompletableFuture.allOf(pages.toArray(CompletableFuture[]::new));
      while (!callers.stream().allMatch(RowsInTurn::isDone) || !allPages.isDone()) {
        time.pass(Duration.ofMillis(20));
        TimeUnit.MILLISECONDS.sleep(1);
      }
      for (RowsInTurn caller : callers) {
        assertThat(caller.answers).as("seed %d", seed).hasSize(ROWS);
        assertThat(caller.told).as("seed %d", seed).hasValue(caller.declined.get());
      }
      assertThat(callers).extracting(caller -> caller.declined.get()).anyMatch(n -> n > 10);
      assertThat(clients).allSatisfy(client -> assertThat(client.waiting()).isEmpty());
    }
  }

  private static synchronized int status(Random random) {
    int dice = random.nextInt(20);
    return dice == 0 ? 429 : dice == 1 ? 500 : dice == 2 ? 502 : dice == 3 ? 408 : 200;
  }

  @Test
  void aStopTellsTheCallerWhoseRowIsThenUndecided() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  RawServer.answer(connection, 200, "", "{\"ok\":true}");
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "1/h"))) {
      stepped.feed(1).get();
      RowsInTurn caller = RowsInTurn.start(stepped.client, 1);
      assertThat(caller.declined).hasValue(1);
      assertThat(stepped.client.waiting()).map(Waiting::cause).contains("1/h");
      stepped.client.stop();
      caller.await();
      assertThat(caller.answers).containsExactly(new Answer.Undecided());
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** Otherwise the client would seem to wait for its window for ever. */
  @Test
  void aCallerThatDoesNotComeIsForgotten() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  RawServer.answer(connection, 200, "", "{\"ok\":true}");
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "1/s"))) {
      stepped.feed(1).get();
      CountDownLatch told = new CountDownLatch(1);
      Optional<CompletableFuture<Answer>> sent =
          stepped.client.tryUpdate(Samples.update(2), Samples.unrecorded(), told::countDown);
      assertThat(sent).isEmpty();
      assertThat(stepped.client.waiting()).isPresent();
      stepped.time.pass(Duration.ofMillis(1005));
      told.await();
      stepped.time.pass(Duration.ofSeconds(1));
      stepped.until(() -> stepped.client.waiting().isEmpty());
      assertThat(stepped.feed(3).get()).isEqualTo(new Answer.Accepted(200, 1));
    }
  }

  @Test
  void aCallerThatFailsStopsItsClientAndHoldsUpNobody() throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  RawServer.answer(connection, 200, "", "{\"ok\":true}");
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url(), "1/s"))) {
      stepped.feed(1).get();
      Optional<CompletableFuture<Answer>> sent =
          stepped.client.tryUpdate(
              Samples.update(2),
              Samples.unrecorded(),
              () -> {
                throw new IllegalStateException("no more rows");
              });
      assertThat(sent).isEmpty();
      RowsInTurn caller = RowsInTurn.start(stepped.client, 1);
      stepped.time.pass(Duration.ofMillis(1005));
      caller.await();
      stepped.until(() -> stepped.client.stopped().isPresent());
      assertThat(stepped.client.stopped())
          .contains(new ClientStop(ClientStop.Cause.FAULT, "no more rows"));
    }
  }
}
