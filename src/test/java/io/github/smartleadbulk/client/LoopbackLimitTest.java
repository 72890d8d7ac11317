package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limiter's promise in real time; {@link LimiterTest} proves it and measures its pace. */
@Timeout(30)
class LoopbackLimitTest {

  @Test
  void aServerThatEnforcesTheSameWindowsRefusesNothing() throws Exception {
    List<RateWindow> windows =
        List.of(
            new RateWindow(20, Duration.ofMillis(200)), new RateWindow(60, Duration.ofMillis(900)));
    try (EnforcingServer server =
        new EnforcingServer(windows, LoopbackLimitTest::latency, LoopbackLimitTest::latency)) {
      ClientSettings plain = Samples.settings(server.url());
      ClientSettings settings =
          new ClientSettings(
              plain.baseUrl(),
              plain.key(),
              windows,
              1,
              Duration.ofSeconds(10),
              plain.userAgent(),
              0,
              Duration.ZERO);
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      try (SmartleadClient client = SmartleadClient.create(settings, CallHistory.none())) {
        for (int i = 1; i <= 160; i++) {
          answers.add(WaitingCaller.update(client, Samples.update(i)));
        }
        for (CompletableFuture<Answer> answer : answers) {
          assertThat(answer.get()).isEqualTo(new Answer.Accepted(200, 1));
        }
      }
      assertThat(server.refused()).isZero();
      // 60, 60, and the last of the other 40 another 200 ms later.
      assertThat(server.span()).isGreaterThan(Duration.ofMillis(2000 - 60));
    }
  }

  /** Mostly little, and now and then as long as a window. */
  private static long latency() {
    return ThreadLocalRandom.current().nextInt(20) == 0
        ? 200
        : ThreadLocalRandom.current().nextInt(30);
  }
}
