package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a row waits for its next try: anything between nothing and a bound that doubles with
 * every try. The full spread keeps rows that failed together from coming back together.
 */
record Backoff(RandomGenerator random) {

  private static final long FIRST = Duration.ofMillis(500).toNanos();
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();

  /**
   * @param attempts that the row has had, from 1
   * @param atLeast what the server asks for; zero if nothing
   */
  long next(int attempts, Duration atLeast) {
    long bound = FIRST << Math.min(attempts - 1, 10);
    long pause = (long) (random.nextDouble() * Math.min(bound, LONGEST));
    return Math.max(pause, Time.nanos(atLeast));
  }
}
