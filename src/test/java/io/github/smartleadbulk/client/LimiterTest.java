package io.github.smartleadbulk.client;

import static io.github.smartleadbulk.client.Samples.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;
import io.github.smartleadbulk.client.SimulatedServer.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class LimiterTest {

  private static final long MS = 1_000_000;

  private final Limiter limiter = new Limiter(windows("2/s,3/5s"));

  @Test
  void aWindowsBudgetMayBeUsedAtOnce() {
    assertThat(limiter.waitReason(0)).isNull();
    limiter.sent();
    assertThat(limiter.waitReason(0)).isNull();
    limiter.sent();
    assertThat(limiter.waitReason(0))
        .isEqualTo(new WaitReason("2/s", "window of 2/s full", Time.NEVER));
  }

  @Test
  void aCallCountsUntilTheWindowsLengthAndAMarginAfterItsEnd() {
    limiter.sent();
    limiter.sent();
    limiter.ended(60 * MS);
    limiter.ended(90 * MS);
    assertThat(limiter.waitReason(100 * MS))
        .isEqualTo(new WaitReason("2/s", "window of 2/s full", 1065 * MS));
    assertThat(limiter.waitReason(1065 * MS - 1)).isNotNull();
    assertThat(limiter.waitReason(1065 * MS)).isNull();
  }

  @Test
  void allWindowsHoldAtOnceAndTheLastToOpenIsNamed() {
    for (int i = 0; i < 3; i++) {
      limiter.sent();
      limiter.ended(2000L * i * MS);
    }
    assertThat(limiter.waitReason(4001 * MS))
        .isEqualTo(new WaitReason("3/5s", "window of 3/5s full", 5005 * MS));
  }

  @Test
  void aCallThatWasNeverSentCountsForNothing() {
    limiter.sent();
    limiter.sent();
    limiter.neverSent();
    assertThat(limiter.waitReason(0)).isNull();
  }

  @Test
  void withoutWindowsNothingHoldsACallBack() {
    Limiter unlimited = new Limiter(List.of());
    for (int i = 0; i < 1000; i++) {
      unlimited.sent();
    }
    assertThat(unlimited.waitReason(0)).isNull();
    assertThat(unlimited.isUnlimited()).isTrue();
  }

  @Test
  void callsOfEarlierProcessesCount() {
    SteppedTime time = new SteppedTime();
    CallHistory record =
        new CallHistory() {
          @Override
          public List<Instant> since(Instant from, Instant now) {
            assertThat(from).isEqualTo(SteppedTime.START.minusSeconds(60 + 5));
            // In any order, and one by a clock that has been set back since.
            return List.of(
                SteppedTime.START.plusSeconds(100),
                SteppedTime.START.minusSeconds(40),
                SteppedTime.START.minusSeconds(2));
          }

          @Override
          public CompletableFuture<Void> record(Instant sentAt) {
            throw new AssertionError("nothing is sent");
          }
        };
    Limiter remembering = Limiter.remembering(windows("3/min"), record, time);
    assertThat(remembering.waitReason(0))
        .isEqualTo(new WaitReason("3/min", "window of 3/min full", 25_005 * MS));
    assertThat(Limiter.remembering(windows("4/min"), record, time).waitReason(0)).isNull();
  }

  /** The property that the Javadoc of {@link Limiter} argues for. */
  @Test
  void noSpanOfAWindowSeesMoreArrivalsThanItMay() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      List<RateWindow> windows = randomWindows(random);
      SimulatedServer server =
          new SimulatedServer(windows, random, randomLatency(random), Rule.OURS);
      server.send(300);
      assertStrict(server, windows, seed);
    }
  }

  @Test
  void norDoesItAcrossRestarts() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      List<RateWindow> windows = randomWindows(random);
      LongSupplier underFiveSeconds =
          () -> Math.min(tail(random, 50, 500).getAsLong(), Limiter.LONGEST_WAY.toNanos());
      SimulatedServer server = new SimulatedServer(windows, random, underFiveSeconds, Rule.OURS);
      for (int run = 0; run < 3; run++) {
        server.send(random.nextInt(200));
        server.restartAfter(Duration.ofMillis(random.nextInt(3000)));
      }
      server.send(100);
      assertStrict(server, windows, seed);
    }
  }

  private static void assertStrict(SimulatedServer server, List<RateWindow> windows, int seed) {
    for (RateWindow window : windows) {
      assertThat(server.busiest(window))
          .as("arrivals in %s, seed %d", window, seed)
          .isLessThanOrEqualTo(window.calls());
    }
  }

  @Test
  void theSimulationWouldCatchARuleThatCountsFromSending() {
    Random random = new Random(1);
    List<RateWindow> windows = windows("40/s,150/5s");
    SimulatedServer server =
        new SimulatedServer(windows, random, tail(random, 60, 60), Rule.COUNT_FROM_SENDING);
    server.send(400);
    assertThat(server.busiest(windows.get(0))).isGreaterThan(40);
  }

  /**
   * The least time is 12 s: 40 + 40 + 40 + 30 calls in the first 5 seconds, as many in the second,
   * and the last of the 100 that are left 2 s later.
   */
  @Test
  void isNotSlowerThanItMustBe() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      SimulatedServer server =
          new SimulatedServer(windows("40/s,150/5s"), random, tail(random, 50, 20), Rule.OURS);
      server.send(400);
      assertThat(server.finish()).isLessThan(Duration.ofMillis(12_600));
    }
  }

  private static List<RateWindow> randomWindows(Random random) {
    List<RateWindow> windows = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      windows.add(
          new RateWindow(1 + random.nextInt(50), Duration.ofMillis(50 + random.nextInt(8000))));
    }
    return windows;
  }

  private static LongSupplier randomLatency(Random random) {
    return tail(random, random.nextInt(100), 1 + random.nextInt(2000));
  }

  private static LongSupplier tail(Random random, int leastMillis, int meanTailMillis) {
    return () -> (long) ((leastMillis - meanTailMillis * Math.log(1 - random.nextDouble())) * MS);
  }
}
