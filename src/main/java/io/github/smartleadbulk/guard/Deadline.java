package io.github.smartleadbulk.guard;

import io.github.smartleadbulk.client.CallDeadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run in time: no call starts that could end after the deadline. A time of day follows the
 * system clock, even if the clock is set or the machine sleeps. A maximum duration follows the
 * monotonic clock, which nobody can set.
 */
public final class Deadline implements CallDeadline, AutoCloseable {

  /** The interval between two checks while no calls are made. Each call is also checked. */
  private static final long EVERY = Duration.ofMillis(200).toMillis();

  private final Guards guards;
  private final Duration timeout;
  private final Clock clock;
  private final long startedAt = System.nanoTime();
  private @Nullable Timer timer;

  private Deadline(Guards guards, Duration timeout, Clock clock) {
    this.guards = guards;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * The deadline of a run that starts now; null for none.
   *
   * @param timeout how long the last call may take
   */
  public static @Nullable Deadline of(Guards guards, Duration timeout, Clock clock) {
    return guards.hasDeadline() ? new Deadline(guards, timeout, clock) : null;
  }

  /**
   * Starts a deadline that is also checked while no calls are made.
   *
   * @param whenOver receives a message when time is up
   */
  public static Deadline watch(
      Guards guards, Duration timeout, Clock clock, Consumer<String> whenOver) {
    Deadline deadline = new Deadline(guards, timeout, clock);
    if (guards.hasDeadline()) {
      deadline.watch(whenOver);
    }
    return deadline;
  }

  private void watch(Consumer<String> whenOver) {
    timer = new Timer("deadline", true);
    TimerTask look =
        new TimerTask() {
          @Override
          public void run() {
            if (left().isNegative() || left().isZero()) {
              cancel();
              whenOver.accept(over());
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

  /** When the last call must have ended, by the system clock as it is set now. */
  public Instant end() {
    return clock.instant().plus(untilEnd());
  }

  @Override
  public String over() {
    return "time is up: a call can take %d s and must end by %s"
        .formatted(timeout.toSeconds(), shown(end()));
  }

  @Override
  public String pointless(Instant nextCall, String reason) {
    return "time is up: %s, next call %s, but calls must end by %s"
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
