package io.github.smartleadbulk.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000;

  private final Pace pace = new Pace();

  @Test
  void nothingIsKnownInTheFirstSecond() {
    assertThat(pace.measure(0, false, 0)).isEmpty();
    assertThat(pace.measure(9, false, SECOND / 2)).isEmpty();
    assertThat(pace.measure(10, false, SECOND)).hasValue(10);
  }

  @Test
  void thePaceIsThatOfTheLastSeconds() {
    for (int second = 0; second <= 20; second++) {
      pace.measure(100L * second, false, second * SECOND);
    }
    for (int second = 21; second <= 40; second++) {
      pace.measure(2_000 + 5L * (second - 20), false, second * SECOND);
    }

    assertThat(pace.measure(2_105, false, 41 * SECOND)).hasValue(5);
  }

  @Test
  void waitingIsNotMeasured() {
    pace.measure(0, false, 0);
    pace.measure(10, false, SECOND);

    assertThat(pace.measure(10, true, 30 * SECOND)).isEmpty();
    assertThat(pace.measure(10, false, 60 * SECOND)).isEmpty();
    assertThat(pace.measure(20, false, 61 * SECOND)).hasValue(10);
  }
}
