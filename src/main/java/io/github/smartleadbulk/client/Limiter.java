package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the next call may be sent so that no window is overstepped as the server sees it.
 *
 * <p><b>The rule.</b> A call counts in a window of N calls in a length L from before it is sent
 * until L (and a margin) after its end, the moment when its answer's head was here or it was given
 * up. A call may be sent while fewer than N count, in every window.
 *
 * <p><b>Why it holds.</b> The server sees a call at a moment that nobody here knows, but not before
 * it is sent and not after it is over. Suppose that N+1 calls reached the server within a span of
 * L, and let X be the one that was sent last. When X was sent, fewer than N calls counted, so at
 * least one of the other N no longer did: it had been over for more than L. It reached the server
 * before that, and X reached it after, so more than L lies between the two. Nothing is assumed
 * about latency: how it varies does not matter.
 *
 * <p><b>Why no faster rule does.</b> A call that is sent within L of the end of an earlier one may
 * be seen within L of it, should the first have arrived late and the second at once. So a full
 * window comes round every L plus one latency. Budget is used as soon as it is there: no even
 * spreading.
 *
 * <p><b>Where it could fail.</b> A call without an answer is over when it is given up and its
 * connection closed; a server that reads it even later counts it later than we do. Calls of earlier
 * processes are on record by when they were sent; they are taken to have reached the server within
 * {@link #LONGEST_WAY}, and before this process began. The margin covers clocks that differ.
 *
 * <p>Not thread-safe: the caller has a lock. Memory is bounded by N numbers a window.
 */
final class Limiter {

  /** A request on its way for longer than this has lost several packets in a row. */
  static final Duration LONGEST_WAY = Duration.ofSeconds(5);

  private final List<SlidingWindow> windows;
  private int inFlight;

  Limiter(List<RateWindow> windows) {
    this.windows = windows.stream().map(SlidingWindow::new).toList();
  }

  /** A limiter that knows what earlier processes have sent. */
  static Limiter remembering(List<RateWindow> windows, CallHistory record, Time time) {
    Limiter limiter = new Limiter(windows);
    Duration longest =
        windows.stream().map(RateWindow::length).max(Duration::compareTo).orElse(Duration.ZERO);
    if (longest.isZero()) {
      return limiter;
    }
    Instant now = time.now();
    long nanos = time.nanos();
    record.since(now.minus(longest).minus(LONGEST_WAY), now).stream()
        .map(sent -> Duration.between(sent.plus(LONGEST_WAY), now))
        // A clock that was set back since makes calls of the future: they are over by now too.
        .map(ago -> ago.isNegative() ? Duration.ZERO : ago)
        .sorted((one, other) -> other.compareTo(one))
        .forEach(ago -> limiter.windows.forEach(window -> window.ended(nanos - ago.toNanos())));
    return limiter;
  }

  boolean isUnlimited() {
    return windows.isEmpty();
  }

  int inFlight() {
    return inFlight;
  }

  /** What keeps the next call from being sent at {@code now}; null if nothing does. */
  @Nullable WaitReason waitReason(long now) {
    SlidingWindow fullest = null;
    long latest = now;
    for (SlidingWindow window : windows) {
      long next = window.next(now, inFlight);
      if (next > latest) {
        latest = next;
        fullest = window;
      }
    }
    return fullest == null ? null : WaitReason.window(fullest.window(), latest);
  }

  /** A call is about to be sent. */
  void sent() {
    inFlight++;
  }

  /**
   * A call is over, with an answer or without.
   *
   * @param at when that was seen; the order of these moments need not be that of these calls
   */
  void ended(long at) {
    inFlight--;
    for (SlidingWindow window : windows) {
      window.ended(at);
    }
  }

  /** A call is over of which not a byte was sent: no connection came about. */
  void neverSent() {
    inFlight--;
  }

  Forecast forecast(long now) {
    return new Forecast(now, windows.stream().map(SlidingWindow::copy).toList(), inFlight);
  }
}
