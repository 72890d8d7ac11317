package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;

/**
 * How much of a window the calls on record have used.
 *
 * @param used calls that count in the window now
 * @param next when the window has room for one more call; not in the past
 */
public record WindowUse(RateWindow window, int used, Instant next) {

  /** How many calls the window has room for now. */
  public int left() {
    return window.calls() - used;
  }

  /** Counts the calls on record in windows, by the limiter's rule. */
  public static List<WindowUse> of(List<RateWindow> windows, CallHistory history, Clock clock) {
    Instant now = clock.instant();
    return Limiter.remembering(windows, history, new Standing(now)).forecast(0).windows().stream()
        .map(window -> of(window, now))
        .toList();
  }

  private static WindowUse of(SlidingWindow window, Instant now) {
    Duration wait = Duration.ofNanos(window.next(0, 0));
    return new WindowUse(window.window(), window.count(), now.plus(wait));
  }

  /** A time that does not go on. */
  private record Standing(Instant now) implements Time {

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void await(Condition signal, long until) {
      throw new UnsupportedOperationException();
    }
  }
}
