package io.github.smartleadbulk.job;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts the calls that the open rows need while they are sent, so that the finish can be told long
 * before the last row is read. A thread of its own plans the rows a second time. That takes little
 * of the time in which calls wait for their limits, and nothing of a short run.
 */
final class CallCount implements AutoCloseable {

  /** A run that ends before this needs no forecast. */
  private static final long SHORT_RUN_MILLIS = 300;

  private final RunContext context;
  private final Thread thread = new Thread(this::run, "call-count");
  private final CountDownLatch closed = new CountDownLatch(1);

  CallCount(RunContext context) {
    this.context = context;
    thread.setDaemon(true);
  }

  /** Starts to count, unless the calls were counted before. */
  void start() {
    // Without limits, a second pass would take time from the calls.
    if (!context.progress().isCounted() && !context.settings().client().windows().isEmpty()) {
      thread.start();
    }
  }

  private void run() {
    try {
      if (closed.await(SHORT_RUN_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      long[] rowsAndCalls = {0, 0};
      boolean toTheEnd =
          RowPlanner.forEachOpenRow(
              context,
              (row, planned) -> {
                rowsAndCalls[0]++;
                rowsAndCalls[1] += planned instanceof PlannedRow.ToSend ? 1 : 0;
                context.progress().needed(rowsAndCalls[0], rowsAndCalls[1]);
                checkOpen();
              });
      if (toTheEnd) {
        context.progress().needed(rowsAndCalls[1]);
      }
    } catch (InterruptedException | CancellationException e) {
      // Nobody needs the count any more.
    } catch (IOException | RuntimeException e) {
      // The feeder reads the same rows and reports what is wrong with them.
    }
  }

  private void checkOpen() {
    if (closed.getCount() == 0) {
      throw new CancellationException();
    }
  }

  /** Ends the count, and waits until it has let go of the database. */
  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
