package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/**
 * Reads ahead of the step: takes rows from the input, sends what is to be sent, and lines the rows
 * up in the order of the input. Runs across chunk ends, so that a chunk never waits for its slowest
 * call before the next one is sent.
 */
final class RowFeeder implements AutoCloseable {

  /**
   * Rows started and not yet written. Lines wait for the slowest row before them, which may take
   * all its attempts; a row is small here, its texts are held by the call alone.
   */
  private static final int ROWS_AHEAD = 20_000;

  private final RunContext context;
  private final long rowsWritten;
  private final JournalledOutcomes journalled;
  private final BlockingQueue<RowOnItsWay> queue = new ArrayBlockingQueue<>(ROWS_AHEAD);
  private final Thread thread = new Thread(this::run, "feeder");
  private volatile boolean closed;

  /**
   * @param rowsWritten rows at the start of the input that need nothing any more
   */
  RowFeeder(RunContext context, long rowsWritten) {
    this.context = context;
    this.rowsWritten = rowsWritten;
    this.journalled =
        new JournalledOutcomes(
            context.store().outcomes(), context.run(), rowsWritten, EnumSet.allOf(RowStatus.class));
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** The next row; waits for it. */
  RowOnItsWay take() throws InterruptedException {
    return queue.take();
  }

  private void run() {
    try {
      try {
        queue.put(new RowOnItsWay.End(feed()));
      } catch (IOException | RuntimeException e) {
        queue.put(new RowOnItsWay.Broken(e));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the feeder", e);
    }
  }

  /** Whether the input was fed to its end. */
  private boolean feed() throws IOException, InterruptedException {
    Duplicates duplicates =
        Duplicates.of(
            context.store().duplicateRows().of(context.run()).stream()
                .map(row -> new Duplicates.Entry(row.accountId(), row.row(), row.line()))
                .toList());
    try (InputRows rows = context.prepared().input().rows(duplicates)) {
      for (InputRow row = rows.read(); row != null && !closed; row = rows.read()) {
        if (row.row().number() <= rowsWritten) {
          continue;
        }
        Optional<RowOutcome> known = journalled.find(row.row().number());
        if (known.isPresent()) {
          queue.put(new RowOnItsWay.Started(CompletableFuture.completedFuture(known)));
        } else if (context.client().stopped().isPresent()) {
          return false;
        } else {
          queue.put(start(row));
        }
      }
      return !closed;
    }
  }

  private RowOnItsWay start(InputRow row) throws InterruptedException {
    RowVerdict verdict = row.verdict();
    if (verdict instanceof RowVerdict.Valid valid) {
      return row.accountId() == null
          ? journal(RowOutcomes.notSent(row, RowStatus.FAILED, "no look-up yet"))
          : send(row, new AccountUpdate(row.accountId(), valid.valuesByField()));
    }
    if (verdict instanceof RowVerdict.Joined joined) {
      return new RowOnItsWay.Joined(row.row(), joined.leaderRow());
    }
    if (verdict instanceof RowVerdict.Invalid invalid) {
      return journal(RowOutcomes.notSent(row, RowStatus.INVALID, invalid.message()));
    }
    return journal(RowOutcomes.notSent(row, RowStatus.SKIPPED, "the row sets nothing"));
  }

  private RowOnItsWay send(InputRow row, AccountUpdate update) throws InterruptedException {
    List<String> fields =
        update.valuesByField().keySet().stream().map(field -> field.apiName()).toList();
    context.journal().catchUp();
    return new RowOnItsWay.Started(
        context
            .client()
            .update(update)
            .thenCompose(
                answer ->
                    RowOutcomes.of(row, fields, answer, context.clock().instant())
                        .map(this::record)
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))));
  }

  private RowOnItsWay journal(RowOutcome outcome) {
    return new RowOnItsWay.Started(record(outcome));
  }

  private CompletableFuture<Optional<RowOutcome>> record(RowOutcome outcome) {
    return context
        .journal()
        .record(outcome)
        .thenApply(
            committed -> {
              context.progress().ended(committed.status());
              return Optional.of(committed);
            });
  }

  /**
   * Ends the feeder, also where the step ended before it and nobody takes rows any more. Without an
   * interrupt, which would close H2's file under whoever is in it.
   */
  @Override
  public void close() {
    closed = true;
    context.client().stop();
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
