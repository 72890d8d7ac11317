package io.github.smartleadbulk.client;

import static io.github.smartleadbulk.client.Samples.windows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

  @ParameterizedTest
  @CsvSource({
    "unlimited, 1000000, PT0S",
    "10/s, 0, PT0S",
    "10/s, 10, PT0S",
    "10/s, 11, PT1S",
    "'40/s,150/5s', 400, PT12S",
    "'10/s,60/min,1000/h', 60, PT5S",
    "'10/s,60/min,1000/h', 1000, PT16M3S",
    "'10/s,60/min,1000/h', 10000, PT9H16M3S",
    "'10/s,60/min,1000/h', 27000, PT26H16M3S",
    "1/h, 1000000, PT999999H",
    "1000000/h, 3000000, PT3H",
    "999999999/s, 1000000, PT0S"
  })
  void takesAllWindowsIntoAccount(String windows, long calls, Duration expected) {
    long finish = new Limiter(windows(windows)).forecast(0).finish(calls, 0);
    // Each time round costs a margin of 5 ms.
    assertThat(Duration.ofNanos(finish))
        .isBetween(expected, expected.plus(expected.dividedBy(100)).plusMillis(100));
  }

  @Test
  void takesIntoAccountWhatTheWindowsHaveSeen() {
    Limiter limiter = new Limiter(windows("10/min"));
    for (int i = 0; i < 10; i++) {
      limiter.sent();
      limiter.ended(i * 1_000_000_000L);
    }
    limiter.waitReason(30_000_000_000L);
    assertThat(limiter.forecast(30_000_000_000L).finish(1, 0)).isEqualTo(60_005_000_000L);
    assertThat(limiter.forecast(30_000_000_000L).finish(10, 0)).isEqualTo(69_005_000_000L);
  }

  @Test
  void isWhatComesTrue() {
    Random random = new Random(3);
    long latency = 80_000_000;
    SimulatedServer server =
        new SimulatedServer(
            windows("40/s,150/5s"), random, () -> latency, SimulatedServer.Rule.OURS);
    server.send(2000);
    Duration forecast =
        Duration.ofNanos(new Limiter(windows("40/s,150/5s")).forecast(0).finish(2000, latency));
    assertThat(forecast)
        .isBetween(server.finish().minusMillis(700), server.finish().plusMillis(700));
  }
}
