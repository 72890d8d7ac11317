package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Answer;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A caller without a thread: it offers its rows one after the other, and again when told. */
final class RowsInTurn implements RequestJournal<Answer> {

  final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  final AtomicInteger declined = new AtomicInteger();
  final AtomicInteger told = new AtomicInteger();
  private final SmartleadClient client;
  private final int rows;
  private final CountDownLatch left;

  private RowsInTurn(SmartleadClient client, int rows) {
    this.client = client;
    this.rows = rows;
    this.left = new CountDownLatch(rows);
  }

  static RowsInTurn start(SmartleadClient client, int rows) {
    RowsInTurn caller = new RowsInTurn(client, rows);
    caller.offer(1);
    return caller;
  }

  /** Behind a declined row, the thread that is told goes on, perhaps at once. */
  private void offer(int first) {
    int row = first;
    while (row <= rows && offers(row)) {
      row++;
    }
  }

  private boolean offers(int row) {
    Runnable whenRoom =
        () -> {
          told.incrementAndGet();
          offer(row);
        };
    boolean isSent = client.tryUpdate(Samples.update(row), this, whenRoom).isPresent();
    declined.addAndGet(isSent ? 0 : 1);
    return isSent;
  }

  boolean isDone() {
    return left.getCount() == 0;
  }

  void await() throws InterruptedException {
    left.await();
  }

  @Override
  public CompletableFuture<Void> sending(Instant at) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Answer> answered(Answer answer) {
    answers.add(answer);
    left.countDown();
    return CompletableFuture.completedFuture(answer);
  }
}
