package io.github.smartleadbulk.cli.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * How fast a count grows at present. Measures only time without waiting, so the pace does not decay
 * while nothing may be sent. Not thread-safe.
 */
final class Pace {

  private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

  private record Sample(long nanos, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * Takes a sample.
   *
   * @param waiting whether nothing may be counted now
   * @return the growth per second; empty until it was measured for a second
   */
  OptionalDouble measure(long count, boolean waiting) {
    return measure(count, waiting, System.nanoTime());
  }

  OptionalDouble measure(long count, boolean waiting, long now) {
    if (waiting) {
      samples.clear();
      return OptionalDouble.empty();
    }
    samples.add(new Sample(now, count));
    while (samples.size() > 2 && now - samples.getFirst().nanos() > LONGEST) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    return now - first.nanos() < SHORTEST
        ? OptionalDouble.empty()
        : OptionalDouble.of((count - first.count()) * 1e9 / (now - first.nanos()));
  }
}
