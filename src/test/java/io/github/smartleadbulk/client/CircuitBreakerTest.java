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

  private final CircuitBreaker outage = new CircuitBreaker(Duration.ofMinutes(10));

  @Test
  void isCertainWhenTwentyDifferentRowsInARowFoundNoServer() {
    List<PendingRequest> rows = rows(20);
    rows.subList(0, 19).forEach(row -> outage.away(0, row, again("refused"), false));
    rows.subList(0, 19).forEach(row -> outage.away(0, row, again("refused"), false));
    assertThat(outage.isSuspected()).isTrue();
    assertThat(outage.isActive()).isFalse();
    assertThat(outage.waitReason(0)).isNull();
    assertThat(outage.away(0, rows.get(19), again("refused"), false)).isFalse();
    assertThat(outage.isActive()).isTrue();
    assertThat(outage.waitReason(0))
        .isEqualTo(new WaitReason("outage", "server away (refused), paused", SECOND));
  }

  @Test
  void oneWorkingAnswerBeginsTheCountAnew() {
    List<PendingRequest> rows = rows(39);
    rows.subList(0, 19).forEach(row -> outage.away(0, row, again("refused"), false));
    outage.works(0);
    assertThat(outage.isSuspected()).isFalse();
    rows.subList(19, 38).forEach(row -> outage.away(0, row, again("refused"), false));
    assertThat(outage.isActive()).isFalse();
    outage.away(0, rows.get(38), again("refused"), false);
    assertThat(outage.isActive()).isTrue();
  }

  @Test
  void oneCallAtATimeLooksAfterGrowingPausesUntilTheLongestOutageIsOver() {
    List<PendingRequest> rows = rows(20);
    rows.forEach(row -> outage.away(0, row, again("refused"), false));
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    boolean givenUp = false;
    while (!givenUp) {
      long next = outage.waitReason(now).until();
      pauses.add((next - now) / SECOND);
      now = next;
      assertThat(outage.waitReason(now)).isNull();
      assertThat(outage.start()).isTrue();
      assertThat(outage.waitReason(now)).isEqualTo(WaitReason.BUSY);
      rows.get(0).start(now, List.of(outage));
      outage.tried();
      givenUp = outage.away(now, rows.get(0), again("refused"), false);
    }
    assertThat(pauses)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 57L);
  }

  @Test
  void aCallFromBeforeThatFailsLateDoesNotPutTheNextLookOff() {
    rows(20).forEach(row -> outage.away(0, row, again("refused"), false));
    outage.away(SECOND / 2, rows(1).get(0), again("no answer"), false);
    assertThat(outage.waitReason(SECOND / 2).until()).isEqualTo(SECOND);
  }

  @Test
  void endsWithAWorkingAnswer() {
    rows(20).forEach(row -> outage.away(0, row, again("refused"), false));
    outage.works(0);
    assertThat(outage.isActive()).isFalse();
    assertThat(outage.waitReason(0)).isNull();
    assertThat(outage.start()).isFalse();
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
    outage.away(0, rows.get(0), again("refused"), true);
    assertThat(outage.isActive()).isFalse();
    outage.away(0, rows.get(1), again("refused"), false);
    assertThat(outage.isActive()).isFalse();
    outage.away(0, rows.get(0), again("refused"), true);
    assertThat(outage.isActive()).isTrue();
  }

  @Test
  void aRowThatWasNotServedWhereOthersWereIsNoSignOfAnOutage() {
    List<PendingRequest> rows = rows(2);
    outage.away(0, rows.get(0), again("refused"), false);
    outage.works(0);
    outage.away(0, rows.get(0), again("refused"), true);
    outage.away(0, rows.get(1), again("refused"), true);
    assertThat(outage.isActive()).isFalse();
  }

  @Test
  void aTimeThatTheServerTellsIsKeptWhateverEarlierCallsSay() {
    assertThat(outage.away(0, rows(1).get(0), told(300), false)).isFalse();
    outage.works(SECOND);
    assertThat(outage.waitReason(SECOND).until()).isEqualTo(300 * SECOND);
    outage.works(300 * SECOND);
    assertThat(outage.waitReason(300 * SECOND)).isNull();
  }

  @Test
  void givingUpIsCountedFromTheEndOfWhatTheServerTold() {
    PendingRequest row = rows(1).get(0);
    assertThat(outage.away(0, row, told(600), false)).isFalse();
    row.start(600 * SECOND, List.of(outage));
    assertThat(outage.away(600 * SECOND, row, again("refused"), false)).isFalse();
    assertThat(outage.away(1199 * SECOND, row, again("refused"), false)).isFalse();
    assertThat(outage.away(1200 * SECOND, row, again("refused"), false)).isTrue();
  }

  @Test
  void aTimeBeyondTheLongestOutageIsTheEndAtOnce() {
    assertThat(outage.away(0, rows(1).get(0), told(601), false)).isTrue();
    assertThat(outage.next()).isEqualTo(601 * SECOND);
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
