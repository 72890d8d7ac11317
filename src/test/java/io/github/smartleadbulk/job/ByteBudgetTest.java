package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ByteBudgetTest {

  private final ByteBudget budget = new ByteBudget(10);
  private final AtomicInteger wakeUps = new AtomicInteger();

  private boolean tryTake(long bytes) {
    return budget.tryTake(bytes, wakeUps::incrementAndGet);
  }

  @Test
  void whoeverFindsNoRoomIsWokenOnceWhenBytesAreGivenBack() {
    assertThat(tryTake(6)).isTrue();
    assertThat(tryTake(4)).isTrue();
    assertThat(tryTake(5)).isFalse();
    assertThat(wakeUps).hasValue(0);

    budget.give(4);
    assertThat(wakeUps).hasValue(1);
    assertThat(tryTake(5)).isFalse();

    budget.give(6);
    budget.give(0);
    assertThat(wakeUps).hasValue(2);
    assertThat(tryTake(5)).isTrue();
  }

  @Test
  void whatIsLargerThanAllOfItWaitsForAllOthersAndThenPasses() {
    assertThat(tryTake(1)).isTrue();
    assertThat(tryTake(100)).isFalse();

    budget.give(1);
    assertThat(tryTake(100)).isTrue();
  }
}
