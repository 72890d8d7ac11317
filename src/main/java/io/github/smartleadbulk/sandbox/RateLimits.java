package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.RateWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The rate limits of every key. A refused call does not count. */
final class RateLimits {

  /**
   * Enough for every use. The least recently used keys are dropped first, but none of the keys with
   * windows of their own.
   */
  private static final int MOST_KEYS = 1_000;

  private final List<RateWindow> windows;
  private final Map<String, List<RateWindow>> ownWindowsByKey;
  private final LongSupplier nanoClock;

  private final Map<String, List<ArrivalWindow>> windowsByKey =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<ArrivalWindow>> eldest) {
          return size() > Math.max(MOST_KEYS, ownWindowsByKey.size());
        }
      };

  /**
   * @param windows the windows of every key without its own
   */
  RateLimits(
      List<RateWindow> windows,
      Map<String, List<RateWindow>> ownWindowsByKey,
      LongSupplier nanoClock) {
    this.windows = windows;
    this.ownWindowsByKey = ownWindowsByKey;
    this.nanoClock = nanoClock;
  }

  long now() {
    return nanoClock.getAsLong();
  }

  /** Takes the time inside the lock, so that the windows see arrivals in time order. */
  synchronized LimitDecision admit(String key) {
    long now = nanoClock.getAsLong();
    List<RateWindow> limits = ownWindowsByKey.getOrDefault(key, windows);
    if (limits.isEmpty()) {
      return new LimitDecision(now, true, 0, Map.of());
    }
    List<ArrivalWindow> ofKey =
        windowsByKey.computeIfAbsent(key, k -> limits.stream().map(ArrivalWindow::new).toList());
    ofKey.forEach(window -> window.advanceTo(now));
    boolean admitted = ofKey.stream().allMatch(window -> window.left() > 0);
    if (admitted) {
      ofKey.forEach(window -> window.add(now));
    }
    ArrivalWindow tightest = tightest(ofKey, now);
    long untilRoom = tightest.nanosUntilRoom(now);
    return new LimitDecision(now, admitted, untilRoom, headers(tightest, untilRoom));
  }

  /**
   * The window with the fewest calls left. Among several, the one that takes longest to have room.
   */
  private static ArrivalWindow tightest(List<ArrivalWindow> windows, long now) {
    ArrivalWindow tightest = windows.get(0);
    for (ArrivalWindow window : windows) {
      if (window.left() < tightest.left()
          || (window.left() == tightest.left()
              && window.nanosUntilRoom(now) > tightest.nanosUntilRoom(now))) {
        tightest = window;
      }
    }
    return tightest;
  }

  /**
   * The headers about a window. The reset is a Unix time in milliseconds: SmartLead's guide does
   * not name the unit, and with whole seconds, a caller with a window of one second would wait up
   * to two.
   */
  private static Map<String, String> headers(ArrivalWindow window, long untilRoom) {
    long resetAt = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(untilRoom) + 1;
    return Map.of(
        "X-RateLimit-Limit", Integer.toString(window.calls()),
        "X-RateLimit-Remaining", Integer.toString(window.left()),
        "X-RateLimit-Reset", Long.toString(resetAt));
  }
}
