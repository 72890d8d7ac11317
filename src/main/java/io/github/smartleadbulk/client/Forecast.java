package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Time;
import java.util.List;

/**
 * Computes when a number of calls will have been made. Simulates the limiter's rule on copies of
 * its windows. For a large number, most calls repeat what the slowest window does in each of its
 * periods.
 *
 * @param windows copies that this record may change
 */
record Forecast(long now, List<SlidingWindow> windows, int inFlight) {

  /** Windows with more calls than this are not worth simulating. */
  private static final int LARGEST = 100_000;

  /**
   * Computes when the last of these calls ends.
   *
   * @param latency the latency of one call
   * @return the time, on the clock of {@code now}
   */
  long finish(long calls, long latency) {
    if (windows.isEmpty()) {
      return now;
    }
    SlidingWindow slowest = slowest();
    int most = windows.stream().mapToInt(w -> w.window().calls()).max().orElse(0);
    long round = slowest.window().calls();
    if (round > LARGEST) {
      return now + (long) ((double) calls / round * slowest.span());
    }
    long rounds = most > LARGEST ? calls / round : Math.max(0, (calls - 3L * most) / round);
    long finish = play(calls - rounds * round, latency);
    double all = finish + (double) rounds * (slowest.span() + latency);
    return all < Time.NEVER / 2.0 ? (long) all : Time.NEVER / 2;
  }

  private SlidingWindow slowest() {
    SlidingWindow slowest = windows.get(0);
    for (SlidingWindow window : windows) {
      if (pace(window) > pace(slowest)) {
        slowest = window;
      }
    }
    return slowest;
  }

  private static double pace(SlidingWindow window) {
    return (double) window.span() / window.window().calls();
  }

  private long play(long calls, long latency) {
    for (int i = 0; i < inFlight; i++) {
      windows.forEach(window -> window.ended(now));
    }
    long at = now;
    for (long i = 0; i < calls; i++) {
      for (SlidingWindow window : windows) {
        at = Math.max(at, window.next(at, 0));
      }
      for (SlidingWindow window : windows) {
        window.ended(at + latency);
      }
    }
    return at + latency;
  }
}
