package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.state.FolderWait;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the state folder while another run works in it: until the time is over, the command's
 * own deadline has come, or a signal.
 */
final class FolderQueue implements FolderWait, AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Subcommand command;
  private final Duration longest;
  private final CompletableFuture<ExitCode> signal = new CompletableFuture<>();
  private final Signals signals;

  /** When the folder was found in use; 0 before. */
  private long start;

  private FolderQueue(Subcommand command, Duration longest) throws ReflectiveOperationException {
    this.command = command;
    this.longest = longest;
    this.signals = Signals.handle(signal::complete);
  }

  static FolderQueue join(Subcommand command, Duration longest)
      throws ReflectiveOperationException {
    return new FolderQueue(command, longest);
  }

  @Override
  public boolean pause(String inUse) throws InterruptedException {
    boolean isFirst = start == 0;
    if (isFirst) {
      start = System.nanoTime();
    }
    Duration left = left();
    if (left.isNegative() || left.isZero()) {
      return false;
    }
    if (isFirst && !command.quiet) {
      command.messages().note(inUse + "; waiting until " + shown(left));
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

  private Duration left() {
    Duration byOption = longest.minusNanos(System.nanoTime() - start);
    Duration byDeadline = command.untilDeadline();
    return byOption.compareTo(byDeadline) < 0 ? byOption : byDeadline;
  }

  private Instant shown(Duration left) {
    return command.surroundings.clock().instant().plus(left).truncatedTo(ChronoUnit.SECONDS);
  }

  /** From here on a signal ends the process as it would without waiting. */
  @Override
  public void ended() {
    signals.close();
    if (signal.isDone()) {
      throw new SignalException(signal.join());
    }
  }

  @Override
  public void close() {
    signals.close();
  }
}
