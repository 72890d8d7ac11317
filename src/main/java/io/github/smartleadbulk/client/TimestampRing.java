package io.github.smartleadbulk.client;

import java.util.Arrays;

/**
 * The latest times, oldest first: at most {@code most} of them. It takes memory only for times that
 * were added.
 */
final class TimestampRing {

  private static final int FIRST_ROOM = 16;

  private final int most;
  private long[] times;
  private int first;
  private int size;

  TimestampRing(int most) {
    this.most = most;
    this.times = new long[Math.min(most, FIRST_ROOM)];
  }

  /** Adds a time, usually the latest. If there are too many, removes the oldest. */
  void add(long time) {
    if (size == most) {
      drop();
    } else if (size == times.length) {
      grow();
    }
    int i = size;
    for (; i > 0 && times[index(i - 1)] > time; i--) {
      times[index(i)] = times[index(i - 1)];
    }
    times[index(i)] = time;
    size++;
  }

  void dropUntil(long time) {
    while (size > 0 && times[first] <= time) {
      drop();
    }
  }

  private void drop() {
    first = index(1);
    size--;
  }

  private void grow() {
    long[] wider = new long[(int) Math.min(most, 2L * times.length)];
    int tail = times.length - first;
    System.arraycopy(times, first, wider, 0, tail);
    System.arraycopy(times, 0, wider, tail, first);
    times = wider;
    first = 0;
  }

  int size() {
    return size;
  }

  /** Returns the {@code i}-th oldest time. */
  long get(int i) {
    return times[index(i)];
  }

  TimestampRing copy() {
    TimestampRing copy = new TimestampRing(most);
    copy.times = Arrays.copyOf(times, times.length);
    copy.first = first;
    copy.size = size;
    return copy;
  }

  private int index(int i) {
    int index = first + i;
    return index < times.length ? index : index - times.length;
  }
}
