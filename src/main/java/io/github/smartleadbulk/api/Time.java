package io.github.smartleadbulk.api;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * The clocks and the one method that sleeps. Tests use their own implementation and step it by
 * hand.
 */
public interface Time {

  /** No known time, because the wait ends with an event. */
  long NEVER = Long.MAX_VALUE;

  /** A clock that only goes forward, in nanoseconds. */
  long nanos();

  /** The system clock, for times that people and other processes read. */
  Instant now();

  /**
   * Waits for a signal, at most until {@code until} on the {@link #nanos} clock. It may return
   * early, so the caller must check again. The caller holds the condition's lock.
   */
  void await(Condition signal, long until) throws InterruptedException;

  /**
   * Converts a duration to nanoseconds, at most half of what a long holds (146 years), which counts
   * as forever.
   */
  static long nanos(Duration length) {
    return length.compareTo(Duration.ofNanos(NEVER / 2)) < 0 ? length.toNanos() : NEVER / 2;
  }

  static Time system() {
    long origin = System.nanoTime();
    return new Time() {
      @Override
      public long nanos() {
        return System.nanoTime() - origin;
      }

      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      @SuppressWarnings("WaitNotInLoop") // the caller's loop, see above
      public void await(Condition signal, long until) throws InterruptedException {
        if (until == NEVER) {
          signal.await();
        } else {
          signal.await(until - nanos(), TimeUnit.NANOSECONDS);
        }
      }
    };
  }
}
