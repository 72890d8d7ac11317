package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Computes how long a row waits for its next attempt: a random time up to a bound that doubles with
 * every attempt. The full range keeps rows that failed together from being sent again together.
 */
record Backoff(RandomGenerator random) {

  private static final long FIRST = Duration.ofMillis(500).toNanos();
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();

  /**
   * @param attempts number of attempts so far, from 1
   * @param atLeast the pause that the server asks for; zero for none
   */
  long next(int attempts, Duration atLeast) {
    long bound = FIRST << Math.min(attempts - 1, 10);
    long pause = (long) (random.nextDouble() * Math.min(bound, LONGEST));
    return Math.max(pause, Time.nanos(atLeast));
  }
}
