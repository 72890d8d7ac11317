package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.run.ExitCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Halts a process that was asked to end and does not come to its end, because nobody reads what it
 * writes for instance. That is as safe as a kill. Its thread is there from the start: later there
 * may be no room for another.
 */
final class LastResort implements AutoCloseable {

  /** What is left to do when the last call has ended: results, reports, the database. */
  private static final Duration TO_FINISH = Duration.ofSeconds(20);

  private final CompletableFuture<@Nullable ExitCode> asked = new CompletableFuture<>();

  /**
   * @param timeout of one call
   */
  LastResort(Duration timeout) {
    Thread thread = new Thread(() -> haltAfter(timeout.plus(TO_FINISH)), "last-resort");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The process was asked to end: it has until the calls in flight are over, and a little longer.
   */
  void haltSoon(ExitCode code) {
    asked.complete(code);
  }

  /** Nobody has asked the process to end, and nobody will; if somebody has, it still has to. */
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
