package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExhaustedQuotaTest {

  private static final long SECOND = 1_000_000_000;

  private final ExhaustedQuota exhaustedQuota = new ExhaustedQuota();

  @Test
  void afterAMinuteOneCallLooksHoweverLongTheServerTells() {
    exhaustedQuota.heed(Duration.ofMinutes(50), 0, false);
    assertThat(exhaustedQuota.waitReason(60 * SECOND - 1))
        .isEqualTo(
            new WaitReason("server-limit", "the server says the limit is used up", 60 * SECOND));
    assertThat(exhaustedQuota.waitReason(60 * SECOND)).isNull();
    assertThat(exhaustedQuota.start()).isTrue();
    assertThat(exhaustedQuota.waitReason(60 * SECOND)).isEqualTo(WaitReason.BUSY);
    exhaustedQuota.tried();
    exhaustedQuota.heed(Duration.ofMinutes(49), 61 * SECOND, false);
    assertThat(exhaustedQuota.waitReason(61 * SECOND).until()).isEqualTo(121 * SECOND);
    exhaustedQuota.remains(121 * SECOND);
    assertThat(exhaustedQuota.waitReason(121 * SECOND)).isNull();
    assertThat(exhaustedQuota.start()).isFalse();
  }

  @Test
  void aCallFromBeforeThePauseDoesNotEndIt() {
    exhaustedQuota.heed(Duration.ofSeconds(20), SECOND, false);
    exhaustedQuota.remains(0);
    assertThat(exhaustedQuota.waitReason(2 * SECOND).until()).isEqualTo(21 * SECOND);
  }
}
