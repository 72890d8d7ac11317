package io.github.smartleadbulk.job;

import io.github.smartleadbulk.journal.Threads;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the calls that the open rows need while they are sent, so that the finish can be told long
 * before the last row is read. A thread of its own plans the rows a second time. That takes little
 * of the time in which calls wait for their limits, and nothing of a short run.
 */
final class CallCount implements AutoCloseable {

  /** A run that ends before this needs no forecast. */
  private static final long SHORT_RUN_MILLIS = 300;

  private static final int ROWS_AT_ONCE = 100;

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
    if (!context.progress().isCounted() && !context.prepared().isUnlimited()) {
      thread.start();
    }
  }

  private void run() {
    try {
      if (closed.await(SHORT_RUN_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
      AtomicLong rows = new AtomicLong();
      Map<String, Long> callsByWorkspace = new TreeMap<>();
      boolean toTheEnd =
          RowPlanner.forEachOpenRow(
              context,
              (row, planned) -> {
                if (planned instanceof PlannedRow.ToSend) {
                  callsByWorkspace.merge(row.workspace(), 1L, Long::sum);
                }
                if (rows.incrementAndGet() % ROWS_AT_ONCE == 0) {
                  context.progress().needed(rows.get(), callsByWorkspace);
                  checkOpen();
                }
              });
      if (toTheEnd) {
        context.progress().needed(callsByWorkspace);
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
    Threads.join(thread);
  }
}
