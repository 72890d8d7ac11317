package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RepeatedKeysTest {

  @Test
  void onePassIsEnoughForKeysThatFit() {
    RepeatedKeys keys = new RepeatedKeys(4);
    LongStream.of(7, 3, 7, 9).forEach(keys::add);

    assertThat(keys.nextPass()).isFalse();
    assertThat(keys.repeated()).containsExactly(7);
  }

  @Test
  void manyPassesFindTheSameAsOne() {
    Random random = new Random(42);
    long[] all = random.longs(20_000, 1, 100_000).toArray();

    assertThat(repeated(all, 500)).isEqualTo(repeated(all, all.length));
    assertThat(repeated(all, all.length)).hasSizeGreaterThan(1000);
  }

  @Test
  void patternsInKeysDoNotMatter() {
    for (LongUnaryOperator pattern :
        new LongUnaryOperator[] {i -> i * 1024, i -> (i << 32) + 1, i -> 1L << 52 | i}) {
      long[] all =
          LongStream.concat(
                  LongStream.range(1, 5000).map(pattern), LongStream.of(77, 4242).map(pattern))
              .toArray();

      assertThat(repeated(all, 100))
          .containsExactly(pattern.applyAsLong(77), pattern.applyAsLong(4242));
    }
  }

  @Test
  void oneKeyOverAndOverTakesNoRoom() {
    RepeatedKeys keys = new RepeatedKeys(100);
    for (int i = 0; i < 10_000; i++) {
      keys.add(5);
    }

    assertThat(keys.nextPass()).isFalse();
    assertThat(keys.repeated()).containsExactly(5);
  }

  private static long[] repeated(long[] all, int limit) {
    RepeatedKeys keys = new RepeatedKeys(limit);
    do {
      LongStream.of(all).forEach(keys::add);
    } while (keys.nextPass());
    return keys.repeated();
  }
}
