package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExhaustedQuotaTest {

  private static final long SECOND = 1_000_000_000;

  private final ExhaustedQuota usedUp = new ExhaustedQuota();

  @Test
  void afterAMinuteOneCallLooksHoweverLongTheServerTells() {
    usedUp.heed(Duration.ofMinutes(50), 0, false);
    assertThat(usedUp.waitReason(60 * SECOND - 1))
        .isEqualTo(
            new WaitReason(
                "server-limit", "the server says that the limit is used up", 60 * SECOND));
    assertThat(usedUp.waitReason(60 * SECOND)).isNull();
    assertThat(usedUp.start()).isTrue();
    assertThat(usedUp.waitReason(60 * SECOND)).isEqualTo(WaitReason.BUSY);
    usedUp.tried();
    usedUp.heed(Duration.ofMinutes(49), 61 * SECOND, false);
    assertThat(usedUp.waitReason(61 * SECOND).until()).isEqualTo(121 * SECOND);
    usedUp.remains(121 * SECOND);
    assertThat(usedUp.waitReason(121 * SECOND)).isNull();
    assertThat(usedUp.start()).isFalse();
  }

  @Test
  void aCallFromBeforeThePauseDoesNotEndIt() {
    usedUp.heed(Duration.ofSeconds(20), SECOND, false);
    usedUp.remains(0);
    assertThat(usedUp.waitReason(2 * SECOND).until()).isEqualTo(21 * SECOND);
  }
}
