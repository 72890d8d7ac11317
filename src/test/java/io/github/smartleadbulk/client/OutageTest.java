package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final long SECOND = 1_000_000_000;

  private final Outage outage = new Outage(Duration.ofMinutes(10));

  @Test
  void isCertainWhenTwentyDifferentRowsInARowFoundNoServer() {
    List<Row> rows = rows(20);
    rows.subList(0, 19).forEach(row -> outage.away(0, row, "refused"));
    rows.subList(0, 19).forEach(row -> outage.away(0, row, "refused"));
    assertThat(outage.isSuspected()).isTrue();
    assertThat(outage.isActive()).isFalse();
    assertThat(outage.hold(0)).isNull();
    assertThat(outage.away(0, rows.get(19), "refused")).isFalse();
    assertThat(outage.isActive()).isTrue();
    assertThat(outage.hold(0))
        .isEqualTo(new Hold("outage", "server away (refused), paused", SECOND));
  }

  @Test
  void oneWorkingAnswerBeginsTheCountAnew() {
    List<Row> rows = rows(20);
    rows.subList(0, 19).forEach(row -> outage.away(0, row, "refused"));
    outage.works();
    assertThat(outage.isSuspected()).isFalse();
    rows.subList(0, 19).forEach(row -> outage.away(0, row, "refused"));
    assertThat(outage.isActive()).isFalse();
    outage.away(0, rows.get(19), "refused");
    assertThat(outage.isActive()).isTrue();
  }

  @Test
  void oneCallAtATimeLooksAfterGrowingPausesUntilTheLongestOutageIsOver() {
    List<Row> rows = rows(20);
    rows.forEach(row -> outage.away(0, row, "refused"));
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    boolean givenUp = false;
    while (!givenUp) {
      long next = outage.hold(now).until();
      pauses.add((next - now) / SECOND);
      now = next;
      assertThat(outage.hold(now)).isNull();
      assertThat(outage.start()).isTrue();
      assertThat(outage.hold(now)).isEqualTo(Hold.BUSY);
      rows.get(0).start(now, false, true);
      outage.probed();
      givenUp = outage.away(now, rows.get(0), "refused");
    }
    assertThat(pauses)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 60L, 57L);
  }

  @Test
  void aCallFromBeforeThatFailsLateDoesNotPutTheNextLookOff() {
    rows(20).forEach(row -> outage.away(0, row, "refused"));
    outage.away(SECOND / 2, rows(1).get(0), "no answer");
    assertThat(outage.hold(SECOND / 2).until()).isEqualTo(SECOND);
  }

  @Test
  void endsWithAWorkingAnswer() {
    rows(20).forEach(row -> outage.away(0, row, "refused"));
    outage.works();
    assertThat(outage.isActive()).isFalse();
    assertThat(outage.hold(0)).isNull();
    assertThat(outage.start()).isFalse();
  }

  @Test
  void withoutPatienceTheTwentiethRowIsTheEnd() {
    Outage none = new Outage(Duration.ZERO);
    List<Row> rows = rows(20);
    rows.subList(0, 19).forEach(row -> assertThat(none.away(0, row, "refused")).isFalse());
    assertThat(none.away(0, rows.get(19), "refused")).isTrue();
  }

  private static List<Row> rows(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Samples::row).toList();
  }
}
