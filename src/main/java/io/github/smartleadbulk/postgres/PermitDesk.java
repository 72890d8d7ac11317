package io.github.smartleadbulk.postgres;

import io.github.smartleadbulk.account.PermitGrant;
import io.github.smartleadbulk.account.RateWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database for the permits of all clients of this process, on a few threads of its own.
 * What clients report meanwhile goes to the database together. Thread-safe.
 */
public final class PermitDesk implements AutoCloseable {

  /** Each needs a connection at times. */
  public static final int THREADS = 4;

  private final PermitTable table;
  private final ExecutorService threads;

  /** What was reported and no thread has begun to write; null for nothing. */
  private @Nullable Reports reports;

  private boolean writing;

  /** Reports that one thread writes together. */
  private static final class Reports {
    private final List<Long> ended = new ArrayList<>();
    private final List<Long> neverSent = new ArrayList<>();
    private final CompletableFuture<Void> written = new CompletableFuture<>();
  }

  public PermitDesk(PermitTable table) {
    this.table = table;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "permits-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The permits of a key at a target. No method blocks.
   *
   * @param caller identifies them, in 16 characters
   */
  public KeyPermits of(String caller) {
    return new KeyPermits(this, caller);
  }

  /** The permits of a key, see {@link PermitTable}. */
  public record KeyPermits(PermitDesk desk, String caller) {

    public CompletableFuture<PermitGrant> take(
        int wanted, List<RateWindow> windows, Duration life) {
      return desk.onThread(
          () -> {
            try {
              return desk.table.take(caller, wanted, windows, life);
            } catch (IOException e) {
              throw new CompletionException(e);
            }
          });
    }

    public CompletableFuture<Void> ended(long permit) {
      return desk.report(List.of(permit), List.of());
    }

    public CompletableFuture<Void> neverSent(List<Long> permits) {
      return desk.report(List.of(), permits);
    }
  }

  private <T> CompletableFuture<T> onThread(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized CompletableFuture<Void> report(List<Long> ended, List<Long> neverSent) {
    if (reports == null) {
      reports = new Reports();
    }
    reports.ended.addAll(ended);
    reports.neverSent.addAll(neverSent);
    CompletableFuture<Void> written = reports.written;
    if (!writing) {
      writing = true;
      CompletableFuture<Void> unused =
          onThread(
              () -> {
                write();
                return null;
              });
      if (unused.isCompletedExceptionally()) {
        // The desk is closed.
        reports = null;
        writing = false;
        return unused;
      }
    }
    return written;
  }

  private void write() {
    for (Reports next = next(); next != null; next = next()) {
      try {
        table.ended(next.ended);
        table.neverSent(next.neverSent);
        next.written.complete(null);
      } catch (Throwable e) {
        // Whoever has reported is told.
        next.written.completeExceptionally(e);
      }
    }
  }

  private synchronized @Nullable Reports next() {
    Reports next = reports;
    reports = null;
    writing = next != null;
    return next;
  }

  /** Waits until all that was reported is in the database, or cannot be. */
  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
