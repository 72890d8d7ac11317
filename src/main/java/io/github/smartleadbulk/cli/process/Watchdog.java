package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.job.UpdateRun;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.Stop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a run ends. If a thread dies, the run stops. If the process does not end soon
 * after it was asked to, it is halted, which is as safe as a kill. If the run makes no progress,
 * the user gets a warning. The watchdog's thread exists from the start, because later there may be
 * no memory for a new thread.
 */
public final class Watchdog implements AutoCloseable {

  private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final UpdateRun run;
  private final LastResort lastResort;
  private final StandardError messages;
  private final Thread.@Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private boolean closed;

  private Watchdog(UpdateRun run, Duration timeout, StandardError messages) {
    this.run = run;
    this.lastResort = new LastResort(timeout);
    this.messages = messages;
  }

  /**
   * Starts watching a run.
   *
   * @param timeout the time limit of one call
   */
  public static Watchdog watch(UpdateRun run, Duration timeout, StandardError messages) {
    Watchdog watchdog = new Watchdog(run, timeout, messages);
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> watchdog.died(failure));
    Thread thread = new Thread(watchdog::look, "watchdog");
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  /** A thread died of an unexpected failure. */
  private void died(Throwable failure) {
    lastResort.haltSoon(ExitCode.FAULT);
    run.stop(new Stop(ExitCode.FAULT, FaultMessages.words(failure)));
  }

  private synchronized void look() {
    long seen = -1;
    long since = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      long progress = run.progress().done() + run.progress().accountsRead() + run.calls();
      if (progress != seen
          || run.progress().rows() < 0
          || run.progress().isAsking()
          || run.waiting().isPresent()) {
        seen = progress;
        since = now;
      } else if (now - since > WITHOUT_PROGRESS.toNanos()) {
        since = now;
        messages.alert(
            "the run has made no progress for a minute, and it is not waiting for anything that it"
                + " knows of. If this continues, press Ctrl-C and resume the run.");
      }
      try {
        wait(LOOK_EVERY.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    lastResort.close();
    Thread.setDefaultUncaughtExceptionHandler(before);
    notifyAll();
  }
}
