package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.CallResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final long SECOND = 1_000_000_000;

  private final CircuitBreaker circuitBreaker = new CircuitBreaker(Duration.ofMinutes(10));

  @Test
  void isCertainWhenTwentyDifferentRowsInARowFoundNoServer() {
    List<PendingRequest> rows = rows(20);
    rows.subList(0, 19).forEach(row -> circuitBreaker.away(0, row, again("refused"), false));
    rows.subList(0, 19).forEach(row -> circuitBreaker.away(0, row, again("refused"), false));
    assertThat(circuitBreaker.isSuspected()).isTrue();
    assertThat(circuitBreaker.isOpen()).isFalse();
    assertThat(circuitBreaker.waitReason(0)).isNull();
    assertThat(circuitBreaker.away(0, rows.get(19), again("refused"), false)).isFalse();
    assertThat(circuitBreaker.isOpen()).isTrue();
    assertThat(circuitBreaker.waitReason(0))
        .isEqualTo(new WaitReason("outage", "server away (refused), paused", SECOND));
  }

  @Test
  void oneWorkingAnswerBeginsTheCountAnew() {
    List<PendingRequest> rows = rows(39);
    rows.subList(0, 19).forEach(row -> circuitBreaker.away(0, row, again("refused"), false));
    circuitBreaker.works(0);
    assertThat(circuitBreaker.isSuspected()).isFalse();
    rows.subList(19, 38).forEach(row -> circuitBreaker.away(0, row, again("refused"), false));
    assertThat(circuitBreaker.isOpen()).isFalse();
    circuitBreaker.away(0, rows.get(38), again("refused"), false);
    assertThat(circuitBreaker.isOpen()).isTrue();
  }

  @Test
  void oneCallAtATimeLooksAfterGrowingPausesUntilTheLongestOutageIsOver() {
    List<PendingRequest> rows = rows(20);
    rows.forEach(row -> circuitBreaker.away(0, row, again("refused"), false));
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    boolean givenUp = false;
    while (!givenUp) {
      long next = circuitBreaker.waitReason(now).until();
      pauses.add((next - now) / SECOND);
      now = next;
      assertThat(circuitBreaker.waitReason(now)).isNull();
      assertThat(circuitBreaker.start()).isTrue();
      assertThat(circuitBreaker.waitReason(now)).isEqualTo(WaitReason.BUSY);
      rows.get(0).start(now, List.of(circuitBreaker));
      circuitBreaker.tried();
      givenUp = circuitBreaker.away(now, rows.get(0), again("refused"), false);
    }
    assertThat(pauses)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 57L);
  }

  @Test
  void aCallFromBeforeThatFailsLateDoesNotPutTheNextLookOff() {
    rows(20).forEach(row -> circuitBreaker.away(0, row, again("refused"), false));
    circuitBreaker.away(SECOND / 2, rows(1).get(0), again("no answer"), false);
    assertThat(circuitBreaker.waitReason(SECOND / 2).until()).isEqualTo(SECOND);
  }

  @Test
  void endsWithAWorkingAnswer() {
    rows(20).forEach(row -> circuitBreaker.away(0, row, again("refused"), false));
    circuitBreaker.works(0);
    assertThat(circuitBreaker.isOpen()).isFalse();
    assertThat(circuitBreaker.waitReason(0)).isNull();
    assertThat(circuitBreaker.start()).isFalse();
  }

  @Test
  void withoutPatienceTheTwentiethRowIsTheEnd() {
    CircuitBreaker none = new CircuitBreaker(Duration.ZERO);
    List<PendingRequest> rows = rows(20);
    rows.subList(0, 19)
        .forEach(row -> assertThat(none.away(0, row, again("refused"), false)).isFalse());
    assertThat(none.away(0, rows.get(19), again("refused"), false)).isTrue();
  }

  @Test
  void aFewRowsAreEnoughWhereNoneIsLeftAndAllThatWereTriedGotIt() {
    List<PendingRequest> rows = rows(3);
    circuitBreaker.away(0, rows.get(0), again("refused"), true);
    assertThat(circuitBreaker.isOpen()).isFalse();
    circuitBreaker.away(0, rows.get(1), again("refused"), false);
    assertThat(circuitBreaker.isOpen()).isFalse();
    circuitBreaker.away(0, rows.get(0), again("refused"), true);
    assertThat(circuitBreaker.isOpen()).isTrue();
  }

  @Test
  void aRowThatWasNotServedWhereOthersWereIsNoSignOfAnOutage() {
    List<PendingRequest> rows = rows(2);
    circuitBreaker.away(0, rows.get(0), again("refused"), false);
    circuitBreaker.works(0);
    circuitBreaker.away(0, rows.get(0), again("refused"), true);
    circuitBreaker.away(0, rows.get(1), again("refused"), true);
    assertThat(circuitBreaker.isOpen()).isFalse();
  }

  @Test
  void aTimeThatTheServerTellsIsKeptWhateverEarlierCallsSay() {
    assertThat(circuitBreaker.away(0, rows(1).get(0), told(300), false)).isFalse();
    circuitBreaker.works(SECOND);
    assertThat(circuitBreaker.waitReason(SECOND).until()).isEqualTo(300 * SECOND);
    circuitBreaker.works(300 * SECOND);
    assertThat(circuitBreaker.waitReason(300 * SECOND)).isNull();
  }

  @Test
  void givingUpIsCountedFromTheEndOfWhatTheServerTold() {
    PendingRequest row = rows(1).get(0);
    assertThat(circuitBreaker.away(0, row, told(600), false)).isFalse();
    row.start(600 * SECOND, List.of(circuitBreaker));
    assertThat(circuitBreaker.away(600 * SECOND, row, again("refused"), false)).isFalse();
    assertThat(circuitBreaker.away(1199 * SECOND, row, again("refused"), false)).isFalse();
    assertThat(circuitBreaker.away(1200 * SECOND, row, again("refused"), false)).isTrue();
  }

  @Test
  void aTimeBeyondTheLongestOutageIsTheEndAtOnce() {
    assertThat(circuitBreaker.away(0, rows(1).get(0), told(601), false)).isTrue();
    assertThat(circuitBreaker.next()).isEqualTo(601 * SECOND);
  }

  private static CallResult.Again again(String reason) {
    return new CallResult.Again(
        null, reason, CallResult.Doubt.NONE, CallResult.Health.AWAY, Duration.ZERO);
  }

  private static CallResult.Again told(int seconds) {
    return new CallResult.Again(
        503, "later", CallResult.Doubt.NONE, CallResult.Health.AWAY, Duration.ofSeconds(seconds));
  }

  private static List<PendingRequest> rows(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Samples::row).toList();
  }
}
