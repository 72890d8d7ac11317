package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.run.ExitCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Halts a process that was asked to end and does not end, for instance because nobody reads its
 * output. A halt is as safe as a kill. The thread exists from the start, because later there may be
 * no memory for a new thread.
 */
final class LastResort implements AutoCloseable {

  /** The time to finish after the last call has ended: results, reports, the database. */
  private static final Duration TO_FINISH = Duration.ofSeconds(20);

  private final CompletableFuture<@Nullable ExitCode> asked = new CompletableFuture<>();

  /**
   * @param timeout the time limit of one call
   */
  LastResort(Duration timeout) {
    Thread thread = new Thread(() -> haltAfter(timeout.plus(TO_FINISH)), "last-resort");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The process was asked to end. It has until the calls in flight have ended, and a little longer.
   */
  void haltSoon(ExitCode code) {
    asked.complete(code);
  }

  /** Ends the watch, unless the process was already asked to end. */
  @Override
  public void close() {
    asked.complete(null);
  }

  private void haltAfter(Duration time) {
    ExitCode code = asked.join();
    if (code == null) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      return;
    }
    Runtime.getRuntime().halt(code.code());
  }
}
