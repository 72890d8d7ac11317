package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "1000000, 30000"})
  void isAnythingBetweenNothingAndABoundThatDoubles(int tries, long boundMillis) {
    Backoff backOff = new Backoff(new SplittableRandom(1));
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      long pause = backOff.next(tries, Duration.ZERO);
      least = Math.min(least, pause);
      most = Math.max(most, pause);
    }
    long bound = boundMillis * 1_000_000;
    assertThat(least).isBetween(0L, bound / 50);
    assertThat(most).isBetween(bound - bound / 50, bound);
  }

  @Test
  void isAtLeastWhatTheServerAsksFor() {
    Backoff backOff = new Backoff(nearlyOne());
    assertThat(backOff.next(1, Duration.ofSeconds(7))).isEqualTo(7_000_000_000L);
    assertThat(backOff.next(1, Duration.ofHours(1))).isEqualTo(3_600_000_000_000L);
  }

  private static RandomGenerator nearlyOne() {
    return () -> -1L;
  }
}
