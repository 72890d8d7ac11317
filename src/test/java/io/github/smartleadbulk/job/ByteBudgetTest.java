package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class ByteBudgetTest {

  private final ByteBudget budget = new ByteBudget(10);

  private CompletableFuture<Void> take(long bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            budget.take(bytes);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void whoeverFindsNoRoomWaitsForIt() throws Exception {
    budget.take(6);
    budget.take(4);
    CompletableFuture<Void> third = take(5);
    budget.give(4);
    assertThat(third).isNotDone();
    budget.give(6);
    third.get(5, TimeUnit.SECONDS);
  }

  @Test
  void whatIsLargerThanAllOfItWaitsForAllOthersAndThenPasses() throws Exception {
    budget.take(1);
    CompletableFuture<Void> large = take(100);
    budget.give(1);
    large.get(5, TimeUnit.SECONDS);
  }
}
