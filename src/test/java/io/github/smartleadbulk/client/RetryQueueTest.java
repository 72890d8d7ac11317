package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.CallResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryQueueTest {

  private static final CallResult.Again REFUSED =
      new CallResult.Again(
          null, "refused", CallResult.Doubt.NONE, CallResult.Health.AWAY, Duration.ZERO);

  private final RetryQueue queue = new RetryQueue();
  private final CircuitBreaker circuitBreaker = new CircuitBreaker(Duration.ofMinutes(10));
  private final PendingRequest own = row();
  private final PendingRequest late = row();
  private final PendingRequest early = row();

  @Test
  void theCallersRowGoesWhileNoOtherIsDue() {
    assertThat(queue.next(own, 0, circuitBreaker, 0)).isSameAs(own);
    queue.add(late, 200);
    queue.add(early, 100);
    assertThat(queue.next(own, 99, circuitBreaker, 0)).isSameAs(own);
    assertThat(queue.next(null, 99, circuitBreaker, 0)).isNull();
    assertThat(queue.nextDue()).isEqualTo(100);
  }

  @Test
  void dueRowsGoBeforeTheCallersAndTheMostDueFirst() {
    queue.add(late, 200);
    queue.add(early, 100);
    assertThat(queue.next(own, 200, circuitBreaker, 0)).isSameAs(early);
    queue.remove(early);
    assertThat(queue.next(own, 200, circuitBreaker, 0)).isSameAs(late);
  }

  @Test
  void whileNobodyAnswersRowsNotYetTriedGoFirst() {
    queue.add(early, 100);
    circuitBreaker.away(0, early, REFUSED, false);
    assertThat(queue.next(own, 100, circuitBreaker, 0)).isSameAs(own);
    assertThat(queue.next(null, 100, circuitBreaker, 0)).isSameAs(early);
  }

  @Test
  void inAnOutageAnyRowThatWaitsMayLook() {
    queue.add(early, 100);
    for (int i = 0; i < CircuitBreaker.ROWS; i++) {
      circuitBreaker.away(0, row(), REFUSED, false);
    }
    assertThat(queue.next(own, 0, circuitBreaker, 0)).isSameAs(early);
    // It has looked: now one that is new may be luckier.
    circuitBreaker.start();
    assertThat(queue.next(own, 0, circuitBreaker, 0)).isSameAs(own);
    assertThat(queue.next(null, 0, circuitBreaker, 0)).isSameAs(early);
  }

  @Test
  void aThousandOpenRowsHoldUpNewOnes() {
    for (int i = 0; i < 990; i++) {
      queue.add(row(), 100);
    }
    assertThat(queue.next(own, 0, circuitBreaker, 9)).isSameAs(own);
    assertThat(queue.next(own, 0, circuitBreaker, 10)).isNull();
  }

  private static PendingRequest row() {
    return Samples.row(1);
  }
}
