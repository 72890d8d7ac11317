package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final long SECOND = 1_000_000_000;

  private final Refusals refusals = new Refusals();

  @Test
  void holdsNothingBackBeforeTheFirstRefusal() {
    assertThat(refusals.hold(0)).isNull();
    assertThat(refusals.start()).isFalse();
  }

  @Test
  void pausesAsLongAsTheServerSays() {
    assertThat(refusals.refused(5 * SECOND, 0, 30 * SECOND)).isFalse();
    assertThat(refusals.hold(35 * SECOND - 1))
        .isEqualTo(new Hold("429", "too many requests (429), paused", 35 * SECOND));
    assertThat(refusals.hold(35 * SECOND)).isNull();
  }

  @Test
  void afterThePauseOneCallTriesAndTheOthersFollowWhenItIsAdmitted() {
    refusals.refused(0, 0, 10 * SECOND);
    assertThat(refusals.start()).isTrue();
    assertThat(refusals.hold(10 * SECOND)).isEqualTo(Hold.BUSY);
    refusals.tried();
    refusals.admitted(10 * SECOND);
    assertThat(refusals.hold(10 * SECOND)).isNull();
    assertThat(refusals.start()).isFalse();
  }

  @Test
  void aTrialThatGetsNoAnswerIsFollowedByAnother() {
    refusals.refused(0, 0, 10 * SECOND);
    assertThat(refusals.start()).isTrue();
    refusals.tried();
    assertThat(refusals.hold(40 * SECOND)).isNull();
    assertThat(refusals.start()).isTrue();
  }

  @Test
  void callsThatWereSentBeforeThePauseNeitherEndItNorMakeItGrow() {
    refusals.refused(2 * SECOND, 0, 10 * SECOND);
    refusals.admitted(SECOND);
    refusals.refused(3 * SECOND, SECOND, 0);
    refusals.refused(3 * SECOND, SECOND, 5 * SECOND);
    assertThat(refusals.hold(4 * SECOND).until()).isEqualTo(12 * SECOND);
    refusals.refused(4 * SECOND, SECOND, 10 * SECOND);
    assertThat(refusals.hold(4 * SECOND).until()).isEqualTo(14 * SECOND);
  }

  @Test
  void aPauseThatDidNotHelpDoublesUpToFiveMinutesAndEndsAfterFifteen() {
    assertThat(pausesUntilGivingUp(0))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 89L);
    assertThat(pausesUntilGivingUp(60)).containsExactly(60L, 120L, 240L, 300L, 180L);
    assertThat(pausesUntilGivingUp(3600)).containsExactly(900L);
  }

  private static List<Long> pausesUntilGivingUp(long told) {
    Refusals refusals = new Refusals();
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    while (!refusals.refused(now, now, told * SECOND)) {
      long until = refusals.hold(now).until();
      pauses.add(Duration.ofNanos(until - now).toSeconds());
      now = until;
    }
    assertThat(now).isEqualTo(900 * SECOND);
    return pauses;
  }

  @Test
  void beingAdmittedOnceForgetsEverything() {
    refusals.refused(0, 0, 60 * SECOND);
    refusals.refused(60 * SECOND, 60 * SECOND, 0);
    refusals.admitted(180 * SECOND);
    refusals.refused(5000 * SECOND, 4999 * SECOND, 0);
    assertThat(refusals.hold(5000 * SECOND).until()).isEqualTo(5001 * SECOND);
  }
}
