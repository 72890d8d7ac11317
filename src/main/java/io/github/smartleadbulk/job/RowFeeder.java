package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.HeapShare;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.client.RequestJournal;
import io.github.smartleadbulk.guard.Share;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.JournalledOutcomes;
import io.github.smartleadbulk.run.Stop;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads ahead of the step: reads rows from the input, sends them, and queues them in input order.
 * The feeder continues across chunks, so that the calls of the next chunk never wait for the
 * slowest call of this chunk.
 */
final class RowFeeder implements AutoCloseable {

  /**
   * How many rows can be started and not yet written. Lines wait for the slowest row before them,
   * which may need all its attempts. A queued row is small, because only its call holds the texts.
   */
  private static final int ROWS_AHEAD = 20_000;

  /** The texts of calls in flight and of rows that wait for another attempt. */
  private final ByteBudget texts = new ByteBudget(HeapShare.BYTES);

  private final RunContext context;
  private final long rowsWritten;
  private final JournalledOutcomes journalled;
  private final BlockingQueue<FeederItem> queue = new ArrayBlockingQueue<>(ROWS_AHEAD);
  private final Thread thread = new Thread(this::run, "feeder");
  private final Canary canary;
  private final CallCount callCount;
  private final AtomicLong failures;
  private volatile boolean closed;

  /**
   * Starts reading.
   *
   * @param rowsWritten number of rows at the start of the input that have lines
   */
  static RowFeeder start(RunContext context, long rowsWritten) {
    RowFeeder feeder = new RowFeeder(context, rowsWritten);
    feeder.thread.setDaemon(true);
    context.progress().sending();
    feeder.callCount.start();
    feeder.thread.start();
    return feeder;
  }

  private RowFeeder(RunContext context, long rowsWritten) {
    this.context = context;
    this.rowsWritten = rowsWritten;
    this.canary = new Canary(context);
    this.callCount = new CallCount(context);
    this.journalled = context.journalledOutcomes();
    this.failures = new AtomicLong(context.failedBefore());
  }

  /** Waits for the next row and returns it. */
  FeederItem take() throws InterruptedException {
    return queue.take();
  }

  private void run() {
    try {
      try {
        queue.put(new FeederItem.End(feed()));
      } catch (IOException | RuntimeException | Error e) {
        // This includes an Error: the step must not wait forever.
        queue.put(new FeederItem.Broken(e));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the feeder", e);
    }
  }

  /** Feeds the input. Returns false if it stopped before the end of the input. */
  private boolean feed() throws IOException, InterruptedException {
    context.store().snapshots().forbidReuse(context.prepared().run().spec());
    try (RowPlanner planner = new RowPlanner(context);
        InputRows rows = planner.rows(rowsWritten)) {
      for (InputRow row = rows.read(); row != null && !closed; row = rows.read()) {
        Optional<RowOutcome> known = journalled.find(row.row().number());
        if (known.isPresent()) {
          queue.put(new FeederItem.Started(CompletableFuture.completedFuture(known)));
        } else if (context.client().stopped().isPresent()) {
          return false;
        } else if (row.verdict() instanceof RowVerdict.Joined leader) {
          queue.put(new FeederItem.Joined(row.row(), leader));
        } else {
          feed(planner.plan(row));
        }
      }
      return !closed && canary.end();
    }
  }

  private void feed(PlannedRow planned) throws InterruptedException {
    if (planned instanceof PlannedRow.ToSend toSend) {
      CompletableFuture<Optional<RowOutcome>> outcome = send(toSend);
      queue.put(new FeederItem.Started(outcome));
      canary.sent(toSend, outcome);
    } else {
      queue.put(new FeederItem.Started(record(((PlannedRow.Ended) planned).outcome(), null)));
    }
  }

  private CompletableFuture<Optional<RowOutcome>> send(PlannedRow.ToSend planned)
      throws InterruptedException {
    long bytes = planned.changes().bytes();
    texts.take(bytes);
    RequestJournal<Optional<RowOutcome>> record =
        new RequestJournal<>() {
          @Override
          public CompletableFuture<Void> sending(Instant at) {
            return context.calls().record(at, planned.row().row().number(), planned.changes());
          }

          @Override
          public CompletableFuture<Optional<RowOutcome>> answered(Answer answer) {
            return RowOutcomes.of(planned, answer, context.clock().instant())
                .map(outcome -> record(outcome, RowOutcomes.changes(planned, answer)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
          }
        };
    Semaphore room = new Semaphore(0);
    Optional<CompletableFuture<Optional<RowOutcome>>> outcome = Optional.empty();
    while (outcome.isEmpty()) {
      outcome = context.client().tryUpdate(planned.update(), record, room::release);
      if (outcome.isEmpty()) {
        room.acquire();
      }
    }
    return outcome
        .get()
        .whenComplete(
            (kept, failure) -> {
              texts.give(bytes);
              context.progress().sent();
            });
  }

  private CompletableFuture<Optional<RowOutcome>> record(
      RowOutcome outcome, @Nullable Changes changes) {
    return context
        .journal()
        .record(outcome, changes)
        .thenApply(
            committed -> {
              context.progress().ended(committed.status());
              countFailure(committed);
              return Optional.of(committed);
            });
  }

  /** Several threads count failures. The thread whose row exceeds the limit stops the run. */
  private void countFailure(RowOutcome outcome) {
    Share most = context.settings().guards().maxFailures();
    if (most == null
        || (outcome.status() != RowStatus.FAILED && outcome.status() != RowStatus.UNCERTAIN)) {
      return;
    }
    long count = failures.incrementAndGet();
    long rows = context.progress().rows();
    if (most.isExceededBy(count, rows) && !most.isExceededBy(count - 1, rows)) {
      context.stop(new Stop(ExitCode.GUARD, context.tooManyFailures(most, count)));
    }
  }

  /**
   * Ends the feeder, even if the step has ended and takes no more rows. It does not interrupt the
   * thread, because an interrupt would close H2's file for all threads.
   */
  @Override
  public void close() {
    closed = true;
    context.client().stop();
    callCount.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      queue.clear();
      try {
        thread.join(10);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
