package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryQueueTest {

  private static final Reply.Again REFUSED =
      new Reply.Again(null, "refused", Reply.Doubt.NONE, Reply.Health.AWAY, Duration.ZERO);

  private final RetryQueue queue = new RetryQueue();
  private final Outage outage = new Outage(Duration.ofMinutes(10));
  private final Row own = row();
  private final Row late = row();
  private final Row early = row();

  @Test
  void theCallersRowGoesWhileNoOtherIsDue() {
    assertThat(queue.next(own, 0, outage, 0)).isSameAs(own);
    queue.add(late, 200);
    queue.add(early, 100);
    assertThat(queue.next(own, 99, outage, 0)).isSameAs(own);
    assertThat(queue.next(null, 99, outage, 0)).isNull();
    assertThat(queue.nextDue()).isEqualTo(100);
  }

  @Test
  void dueRowsGoBeforeTheCallersAndTheMostDueFirst() {
    queue.add(late, 200);
    queue.add(early, 100);
    assertThat(queue.next(own, 200, outage, 0)).isSameAs(early);
    queue.remove(early);
    assertThat(queue.next(own, 200, outage, 0)).isSameAs(late);
  }

  @Test
  void whileNobodyAnswersRowsNotYetTriedGoFirst() {
    queue.add(early, 100);
    outage.away(0, early, REFUSED, false);
    assertThat(queue.next(own, 100, outage, 0)).isSameAs(own);
    assertThat(queue.next(null, 100, outage, 0)).isSameAs(early);
  }

  @Test
  void inAnOutageAnyRowThatWaitsMayLook() {
    queue.add(early, 100);
    for (int i = 0; i < Outage.ROWS; i++) {
      outage.away(0, row(), REFUSED, false);
    }
    assertThat(queue.next(own, 0, outage, 0)).isSameAs(early);
    // It has looked: now one that is new may be luckier.
    outage.start();
    assertThat(queue.next(own, 0, outage, 0)).isSameAs(own);
    assertThat(queue.next(null, 0, outage, 0)).isSameAs(early);
  }

  @Test
  void aThousandOpenRowsHoldUpNewOnes() {
    for (int i = 0; i < 990; i++) {
      queue.add(row(), 100);
    }
    assertThat(queue.next(own, 0, outage, 9)).isSameAs(own);
    assertThat(queue.next(own, 0, outage, 10)).isNull();
  }

  private static Row row() {
    return Samples.row(1);
  }
}
