package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next call may be sent, so that the server never sees a window exceeded.
 *
 * <p><b>The rule.</b> A call counts in a window of N calls in a length L from before it is sent
 * until L (and a margin) after its end, the moment when its answer's head was here or it was given
 * up. A call may be sent while fewer than N count, in every window.
 *
 * <p><b>Why it holds.</b> The server sees a call at a moment that the client does not know, but not
 * before the call is sent and not after it has ended. Suppose that N+1 calls reached the server
 * within a span of L, and let X be the call that was sent last. When X was sent, fewer than N calls
 * counted, so at least one of the other N no longer counted: it had ended more than L before. It
 * reached the server before it ended, and X reached the server after it was sent, so more than L
 * lies between the two. The proof assumes nothing about latency.
 *
 * <p><b>Why no faster rule does.</b> If a call is sent within L of the end of an earlier call, the
 * server may see both within L: the first call may arrive late and the second at once. So a full
 * window repeats every L plus one latency. Calls are sent as soon as there is room, and are not
 * spread evenly.
 *
 * <p><b>Where it could fail.</b> A call without an answer ends when it is given up and its
 * connection is closed. A server that reads it even later counts it later than the limiter does.
 * The record has only the sending times of calls of earlier processes. The limiter assumes that
 * they reached the server within {@link #LONGEST_WAY}, and before this process started. The margin
 * covers clocks that differ.
 *
 * <p>Not thread-safe: the caller has the lock. Memory is limited to N numbers for each window.
 */
final class Limiter {

  /** The longest way of a request: if it took longer, several packets in a row were lost. */
  static final Duration LONGEST_WAY = Duration.ofSeconds(5);

  private final List<SlidingWindow> windows;
  private int inFlight;

  Limiter(List<RateWindow> windows) {
    this.windows = windows.stream().map(SlidingWindow::new).toList();
  }

  /** Creates a limiter that knows the calls of earlier processes. */
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
        // If the clock was set back, calls may have times in the future. They have ended too.
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

  /** The reason why the next call cannot be sent at {@code now}; null if it can be sent. */
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
   * A call has ended, with or without an answer.
   *
   * @param at when the end was seen; these times can come in any order
   */
  void ended(long at) {
    inFlight--;
    for (SlidingWindow window : windows) {
      window.ended(at);
    }
  }

  /** A call has ended before a byte was sent, because there was no connection. */
  void neverSent() {
    inFlight--;
  }

  Forecast forecast(long now) {
    return new Forecast(now, windows.stream().map(SlidingWindow::copy).toList(), inFlight);
  }
}
