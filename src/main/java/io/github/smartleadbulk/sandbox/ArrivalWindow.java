package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.RateWindow;

/** One strict limit. No span of the window's length has more admitted calls than the limit. */
final class ArrivalWindow {

  private final int calls;
  private final long length;

  /**
   * The times of admitted calls, the oldest at {@code first}. The ring grows up to {@code calls}.
   */
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

  /** Removes times that are at least one window length in the past. */
  void advanceTo(long now) {
    while (size > 0 && now - times[first] >= length) {
      first = (first + 1) % times.length;
      size--;
    }
  }

  int left() {
    return calls - size;
  }

  /** How long until the window has room for one more call than now. */
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
