package io.github.smartleadbulk.api;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** The clocks and the one line that sleeps. Tests bring their own and step it by hand. */
public interface Time {

  /** "Not at any known time": what is waited for is an event. */
  long NEVER = Long.MAX_VALUE;

  /** A clock that only goes forward, in nanoseconds from some moment near the start. */
  long nanos();

  /** The clock on the wall, for what people and other processes read. */
  Instant now();

  /**
   * Waits for a signal, at most until {@code until} on the {@link #nanos} clock. May return early:
   * the caller looks again. The condition's lock is held.
   */
  void await(Condition signal, long until) throws InterruptedException;

  /** A length on the {@link #nanos} clock; half of what a long holds (146 years) is for ever. */
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
