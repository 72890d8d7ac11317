package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.TimeLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run in time: no call is begun that could not end before the deadline. What is to be over
 * by a time of day goes by the clock on the wall, whoever sets it and however long a laptop slept;
 * what may last for some time goes by the clock that nobody sets.
 */
final class Deadline implements TimeLimit, AutoCloseable {

  /** Between two looks while no calls are made; each call is looked at by itself. */
  private static final long EVERY = Duration.ofMillis(200).toMillis();

  private final Guards guards;
  private final Duration timeout;
  private final Clock clock;
  private final long startedAt = System.nanoTime();
  private @Nullable Timer timer;

  private Deadline(RunSettings settings, Clock clock) {
    this.guards = settings.guards();
    this.timeout = settings.client().timeout();
    this.clock = clock;
  }

  /** That of a run that begins now; null for none. */
  static @Nullable Deadline of(RunSettings settings, Clock clock) {
    return settings.guards().hasDeadline() ? new Deadline(settings, clock) : null;
  }

  /** Sees to it also where no calls are made. */
  static Deadline watch(RunSettings settings, Clock clock, Consumer<Stop> stopper) {
    Deadline deadline = new Deadline(settings, clock);
    if (settings.guards().hasDeadline()) {
      deadline.watch(stopper);
    }
    return deadline;
  }

  private void watch(Consumer<Stop> stopper) {
    timer = new Timer("deadline", true);
    TimerTask look =
        new TimerTask() {
          @Override
          public void run() {
            if (left().isNegative() || left().isZero()) {
              cancel();
              stopper.accept(new Stop(ExitCode.STOPPED_EARLY, over()));
            }
          }
        };
    timer.schedule(look, 0, EVERY);
  }

  @Override
  public Duration left() {
    return untilEnd().minus(timeout);
  }

  private Duration untilEnd() {
    Duration byDuration =
        guards.maxDuration() == null
            ? null
            : guards.maxDuration().minusNanos(System.nanoTime() - startedAt);
    Duration byTime =
        guards.finishBy() == null ? null : Duration.between(clock.instant(), guards.finishBy());
    if (byDuration == null || byTime == null) {
      return byDuration != null ? byDuration : byTime != null ? byTime : NONE.left();
    }
    return byDuration.compareTo(byTime) < 0 ? byDuration : byTime;
  }

  /** When the last call has to be over, as far as the clocks agree. */
  Instant end() {
    return clock.instant().plus(untilEnd());
  }

  @Override
  public String over() {
    return "the time is over: a call may take %d s and has to end by %s"
        .formatted(timeout.toSeconds(), shown(end()));
  }

  @Override
  public String pointless(Instant nextCall, String reason) {
    return "the time is over: %s, next call %s, and calls have to end by %s"
        .formatted(reason, shown(nextCall), shown(end()));
  }

  private static Instant shown(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
