package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.RateWindow;

/**
 * One limit, kept strictly: of the calls that were let in, no more than the limit lie in any span
 * of the window's length.
 */
final class ArrivalWindow {

  private final int calls;
  private final long length;

  /** When calls were let in, the oldest at {@code first}: a ring that grows up to {@code calls}. */
  private long[] times;

  private int first;
  private int size;

  ArrivalWindow(RateWindow window) {
    calls = window.calls();
    length = window.length().toNanos();
    times = new long[Math.min(calls, 16)];
  }

  int calls() {
    return calls;
  }

  /** Forgets what lies a whole length or more in the past. */
  void advanceTo(long now) {
    while (size > 0 && now - times[first] >= length) {
      first = (first + 1) % times.length;
      size--;
    }
  }

  int left() {
    return calls - size;
  }

  /** How long until there is room for one call more than now. */
  long nanosUntilRoom(long now) {
    return size == 0 ? 0 : times[first] + length - now;
  }

  void add(long now) {
    if (size == times.length) {
      grow();
    }
    times[(first + size) % times.length] = now;
    size++;
  }

  private void grow() {
    long[] more = new long[(int) Math.min(calls, 2L * times.length)];
    for (int i = 0; i < size; i++) {
      more[i] = times[(first + i) % times.length];
    }
    times = more;
    first = 0;
  }
}
