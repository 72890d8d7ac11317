package io.github.smartleadbulk.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends a run in time: no call is begun that could not end before the deadline. */
final class Deadline implements AutoCloseable {

  private final @Nullable Timer timer;

  private Deadline(@Nullable Timer timer) {
    this.timer = timer;
  }

  static Deadline watch(RunSettings settings, Clock clock, Consumer<Stop> stopper) {
    Instant deadline = settings.guards().deadline();
    if (deadline == null) {
      return new Deadline(null);
    }
    Duration timeout = settings.client().timeout();
    Stop stop =
        new Stop(
            ExitCode.STOPPED_EARLY,
            "the time is over: a call may take %d s and has to end by %s"
                .formatted(timeout.toSeconds(), deadline.truncatedTo(ChronoUnit.SECONDS)));
    long left = Duration.between(clock.instant(), deadline.minus(timeout)).toMillis();
    if (left <= 0) {
      stopper.accept(stop);
      return new Deadline(null);
    }
    Timer timer = new Timer("deadline", true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            stopper.accept(stop);
          }
        },
        left);
    return new Deadline(timer);
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
