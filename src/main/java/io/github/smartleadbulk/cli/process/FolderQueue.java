package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.store.FolderWait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the state folder while another run uses it. The waiting ends when the time is up, at
 * the command's own deadline, or at a signal.
 */
public final class FolderQueue implements FolderWait {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Duration longest;
  private final Supplier<Duration> untilDeadline;
  private final Clock clock;
  private final Consumer<String> notes;
  private final CompletableFuture<ExitCode> signal = new CompletableFuture<>();
  private @Nullable Signals signals;

  /** When the folder was first found in use; 0 before that. */
  private long start;

  /**
   * @param longest the longest time to wait
   * @param untilDeadline how much time the command has left
   * @param notes receives a note when the waiting starts
   */
  public FolderQueue(
      Duration longest, Supplier<Duration> untilDeadline, Clock clock, Consumer<String> notes) {
    this.longest = longest;
    this.untilDeadline = untilDeadline;
    this.clock = clock;
    this.notes = notes;
  }

  @Override
  public boolean pause(String inUse) throws InterruptedException {
    boolean isFirst = start == 0;
    if (isFirst) {
      start = System.nanoTime();
      handleSignals();
    }
    Duration left = left();
    if (left.isNegative() || left.isZero()) {
      stopHandling();
      return false;
    }
    if (isFirst) {
      notes.accept(inUse + "; waiting until " + shown(left));
    }
    try {
      Duration pause = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
      throw new SignalException(signal.get(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException nothingCame) {
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handleSignals() {
    try {
      signals = Signals.handle(signal::complete);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signals cannot be handled", e);
    }
  }

  private void stopHandling() {
    if (signals != null) {
      signals.close();
    }
  }

  private Duration left() {
    Duration byOption = longest.minusNanos(System.nanoTime() - start);
    Duration byDeadline = untilDeadline.get();
    return byOption.compareTo(byDeadline) < 0 ? byOption : byDeadline;
  }

  private Instant shown(Duration left) {
    return clock.instant().plus(left).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Stops handling signals: a signal ends the process again. */
  @Override
  public void ended() {
    stopHandling();
    if (signal.isDone()) {
      throw new SignalException(signal.join());
    }
  }
}
