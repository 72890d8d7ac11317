package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.Stop;
import io.github.smartleadbulk.job.UpdateRun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a run comes to its end. A thread that dies stops the run; a process that does not
 * end soon after it was asked to is halted, which is as safe as a kill; a run that makes no
 * progress says so. Its own thread is there from the start: later there may be no room for another.
 */
final class Watchdog implements AutoCloseable {

  /** What is left to do when the last call has ended: results, reports, the database. */
  private static final Duration TO_FINISH = Duration.ofSeconds(20);

  private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final UpdateRun run;
  private final Duration timeout;
  private final Messages messages;
  private final Thread.@Nullable UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();
  private @Nullable ExitCode ending;
  private long haltAt;
  private boolean closed;

  /**
   * @param timeout of one call
   */
  private Watchdog(UpdateRun run, Duration timeout, Messages messages) {
    this.run = run;
    this.timeout = timeout;
    this.messages = messages;
  }

  static Watchdog watch(UpdateRun run, Duration timeout, Messages messages) {
    Watchdog watchdog = new Watchdog(run, timeout, messages);
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> watchdog.died(failure));
    Thread thread = new Thread(watchdog::look, "watchdog");
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  /** The process was asked to end: from now on it has so long. */
  synchronized void endSoon(ExitCode code) {
    if (ending == null) {
      ending = code;
      haltAt = System.nanoTime() + timeout.plus(TO_FINISH).toNanos();
    }
  }

  /** A thread of ours has died of something that nobody has thought of. */
  private void died(Throwable failure) {
    endSoon(ExitCode.FAULT);
    run.stop(new Stop(ExitCode.FAULT, Failures.fault(failure)));
  }

  private synchronized void look() {
    long seen = -1;
    long since = System.nanoTime();
    while (!closed || ending != null) {
      long now = System.nanoTime();
      if (ending != null && now - haltAt > 0) {
        Runtime.getRuntime().halt(ending.code());
      }
      long progress = run.progress().done() + run.progress().accountsRead() + run.calls();
      if (progress != seen || run.progress().rows() < 0 || run.waiting().isPresent()) {
        seen = progress;
        since = now;
      } else if (now - since > WITHOUT_PROGRESS.toNanos()) {
        since = now;
        messages.warning(
            "the run has made no progress for a minute, and waits for nothing that it knows of. If"
                + " this goes on, stop it with Ctrl-C and resume it.");
      }
      try {
        wait(LOOK_EVERY.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** The run has ended; a process that was asked to end still has to. */
  @Override
  public synchronized void close() {
    closed = true;
    Thread.setDefaultUncaughtExceptionHandler(before);
    notifyAll();
  }
}
