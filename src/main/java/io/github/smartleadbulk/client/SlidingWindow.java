package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;
import java.util.concurrent.TimeUnit;

/** One window of the {@link Limiter}: the end times of the calls that still count. */
final class SlidingWindow {

  /** Clocks run at different speeds, and servers cut times to milliseconds. */
  static final long MARGIN = TimeUnit.MILLISECONDS.toNanos(5);

  private final RateWindow window;
  private final long span;
  private final TimestampRing ended;

  SlidingWindow(RateWindow window) {
    this.window = window;
    this.span = Time.nanos(window.length()) + MARGIN;
    this.ended = new TimestampRing(window.calls());
  }

  private SlidingWindow(SlidingWindow other) {
    this.window = other.window;
    this.span = other.span;
    this.ended = other.ended.copy();
  }

  /**
   * When this window has room for one more call.
   *
   * @param inFlight number of calls that have not ended
   * @return {@code now}, a later time, or {@link Time#NEVER} if that depends on the end of a call
   */
  long next(long now, int inFlight) {
    ended.dropUntil(now - span);
    long tooMany = (long) inFlight + ended.size() - window.calls();
    if (tooMany < 0) {
      return now;
    }
    return tooMany < ended.size() ? ended.get((int) tooMany) + span : Time.NEVER;
  }

  /** A call has ended: the server has counted it by now, or never will. */
  void ended(long at) {
    ended.add(at);
  }

  /** How many calls that have ended still counted when {@link #next} was asked last. */
  int count() {
    return ended.size();
  }

  SlidingWindow copy() {
    return new SlidingWindow(this);
  }

  RateWindow window() {
    return window;
  }

  long span() {
    return span;
  }
}
