package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A client over loopback whose time a test moves, and a feeder that may block. */
final class SteppedClient implements AutoCloseable {

  final SteppedTime time = new SteppedTime();
  final SmartleadClient client;
  private final CallHistory record;
  private final AtomicReference<Thread> feederThread = new AtomicReference<>();
  private final ExecutorService feeder =
      Executors.newSingleThreadExecutor(
          task -> {
            feederThread.set(new Thread(task, "feeder"));
            return feederThread.get();
          });

  SteppedClient(ClientSettings settings) {
    this(settings, CallHistory.none());
  }

  SteppedClient(ClientSettings settings, CallHistory record) {
    this.record = record;
    this.client = ClientPool.start(1, time).create(settings, record);
  }

  /** Rows are fed one after the other, as a job does. */
  CompletableFuture<Answer> feed(long accountId) {
    return feed(() -> WaitingCaller.update(client, Samples.update(accountId), record));
  }

  /** With an answer that is kept. */
  void feed(long accountId, Function<Answer, CompletableFuture<Answer>> keep) {
    RequestJournal<Answer> record =
        new RequestJournal<>() {
          @Override
          public CompletableFuture<Void> sending(Instant at) {
            return CompletableFuture.completedFuture(null);
          }

          @Override
          public CompletableFuture<Answer> answered(Answer answer) {
            return keep.apply(answer);
          }
        };
    CompletableFuture<Answer> unused =
        feed(() -> WaitingCaller.update(client, Samples.update(accountId), record));
  }

  /** In the same line as the rows. */
  CompletableFuture<Answer> feed(AccountPage page) {
    return feed(() -> client.list(page));
  }

  private CompletableFuture<Answer> feed(Callable<CompletableFuture<Answer>> call) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    feeder.execute(
        () -> {
          try {
            CompletableFuture<Answer> unused = call.call().thenApply(a -> complete(answer, a));
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private static Answer complete(CompletableFuture<Answer> future, Answer answer) {
    future.complete(answer);
    return answer;
  }

  /** What the client waits for, as soon as it waits for that. */
  Waiting awaitWaiting(String cause) {
    AtomicReference<Waiting> seen = new AtomicReference<>();
    until(
        () -> {
          client.waiting().filter(waiting -> waiting.cause().equals(cause)).ifPresent(seen::set);
          return seen.get() != null;
        });
    return seen.get();
  }

  /**
   * Until so many calls have been sent and the next row, of which there must be one, may not go.
   */
  void awaitHeldBackAfter(long calls) {
    until(
        () ->
            client.statistics().calls() >= calls
                && feederThread.get().getState() != Thread.State.RUNNABLE);
    assertThat(client.statistics().calls()).isEqualTo(calls);
  }

  /** Real time passes; the client's clock stands still. */
  void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("has not come: " + client.statistics() + client.waiting());
      }
      sleep();
    }
  }

  /**
   * The client's clock runs until the row is answered: to the end of a wait that is known, else by
   * small steps.
   */
  Answer run(CompletableFuture<Answer> answer) {
    until(
        () -> {
          Duration wait =
              client
                  .waiting()
                  .map(waiting -> Duration.between(time.now(), waiting.until()))
                  .orElse(Duration.ofMillis(20));
          time.pass(wait.isNegative() ? Duration.ZERO : wait);
          return answer.isDone();
        });
    return answer.join();
  }

  private static void sleep() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
    feeder.shutdownNow();
  }
}
