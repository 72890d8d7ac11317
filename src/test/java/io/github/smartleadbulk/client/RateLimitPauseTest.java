package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitPauseTest {

  private static final long SECOND = 1_000_000_000;

  private final RateLimitPause rateLimitPause = new RateLimitPause();

  @Test
  void holdsNothingBackBeforeTheFirstRefusal() {
    assertThat(rateLimitPause.waitReason(0)).isNull();
    assertThat(rateLimitPause.start()).isFalse();
  }

  @Test
  void pausesAsLongAsTheServerSays() {
    assertThat(rateLimitPause.refused(5 * SECOND, 0, 30 * SECOND, false)).isFalse();
    assertThat(rateLimitPause.waitReason(35 * SECOND - 1))
        .isEqualTo(new WaitReason("429", "too many requests (429), paused", 35 * SECOND));
    assertThat(rateLimitPause.waitReason(35 * SECOND)).isNull();
  }

  @Test
  void afterThePauseOneCallTriesAndTheOthersFollowWhenItIsAdmitted() {
    rateLimitPause.refused(0, 0, 10 * SECOND, false);
    assertThat(rateLimitPause.start()).isTrue();
    assertThat(rateLimitPause.waitReason(10 * SECOND)).isEqualTo(WaitReason.BUSY);
    rateLimitPause.tried();
    rateLimitPause.admitted(10 * SECOND);
    assertThat(rateLimitPause.waitReason(10 * SECOND)).isNull();
    assertThat(rateLimitPause.start()).isFalse();
  }

  @Test
  void aTrialThatGetsNoAnswerIsFollowedByAnother() {
    rateLimitPause.refused(0, 0, 10 * SECOND, false);
    assertThat(rateLimitPause.start()).isTrue();
    rateLimitPause.tried();
    assertThat(rateLimitPause.waitReason(40 * SECOND)).isNull();
    assertThat(rateLimitPause.start()).isTrue();
  }

  @Test
  void callsThatWereSentBeforeThePauseNeitherEndItNorMakeItGrow() {
    rateLimitPause.refused(2 * SECOND, 0, 10 * SECOND, false);
    rateLimitPause.admitted(SECOND);
    rateLimitPause.refused(3 * SECOND, SECOND, 0, false);
    rateLimitPause.refused(3 * SECOND, SECOND, 5 * SECOND, false);
    assertThat(rateLimitPause.waitReason(4 * SECOND).until()).isEqualTo(12 * SECOND);
    rateLimitPause.refused(4 * SECOND, SECOND, 10 * SECOND, false);
    assertThat(rateLimitPause.waitReason(4 * SECOND).until()).isEqualTo(14 * SECOND);
  }

  @Test
  void aPauseThatDidNotHelpDoublesUpToFiveMinutesAndEndsAfterFifteen() {
    assertThat(pausesUntilGivingUp(0))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 89L);
  }

  /** No call is made before what was told, and giving up is counted from its end. */
  @Test
  void whatTheServerTellsIsKeptToTheEnd() {
    assertThat(pausesUntilGivingUp(60)).containsExactly(60L, 120L, 240L, 300L, 240L);
    assertThat(pausesUntilGivingUp(300)).containsExactly(300L, 300L, 300L, 300L);
    assertThat(pausesUntilGivingUp(3600)).containsExactly(3600L);
    assertThat(rateLimitPause.refused(0, 0, 3600 * SECOND, false)).isFalse();
    // Told again at its end, the next time lies beyond what is waited for: that is said at once.
    assertThat(rateLimitPause.refused(3600 * SECOND, 3600 * SECOND, 3600 * SECOND, false)).isTrue();
    assertThat(rateLimitPause.until()).isEqualTo(7200 * SECOND);
  }

  @Test
  void aPauseThatGrowsDoesNotShortenALaterTime() {
    rateLimitPause.refused(0, 0, 0, false);
    assertThat(rateLimitPause.refused(SECOND, SECOND, 3000 * SECOND, false)).isFalse();
    assertThat(rateLimitPause.waitReason(SECOND).until()).isEqualTo(3001 * SECOND);
    assertThat(rateLimitPause.refused(3001 * SECOND, 3001 * SECOND, 0, false)).isFalse();
    assertThat(rateLimitPause.waitReason(3001 * SECOND).until()).isEqualTo(3301 * SECOND);
  }

  @Test
  void saysWhereSomebodyElseMustBeUsingTheKey() {
    rateLimitPause.refused(0, 0, 0, true);
    assertThat(rateLimitPause.waitReason(0))
        .isEqualTo(
            new WaitReason(
                "429",
                "too many requests (429) although our own windows have room: somebody else uses"
                    + " this key, paused",
                SECOND));
  }

  private static List<Long> pausesUntilGivingUp(long told) {
    RateLimitPause rateLimitPause = new RateLimitPause();
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    while (!rateLimitPause.refused(now, now, told * SECOND, false)) {
      long until = rateLimitPause.waitReason(now).until();
      pauses.add(Duration.ofNanos(until - now).toSeconds());
      now = until;
    }
    return pauses;
  }

  @Test
  void beingAdmittedOnceForgetsEverything() {
    rateLimitPause.refused(0, 0, 60 * SECOND, false);
    rateLimitPause.refused(60 * SECOND, 60 * SECOND, 0, false);
    rateLimitPause.admitted(180 * SECOND);
    rateLimitPause.refused(5000 * SECOND, 4999 * SECOND, 0, false);
    assertThat(rateLimitPause.waitReason(5000 * SECOND).until()).isEqualTo(5001 * SECOND);
  }
}
