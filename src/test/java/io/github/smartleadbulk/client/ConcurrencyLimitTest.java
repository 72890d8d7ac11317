package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.ClientSettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class ConcurrencyLimitTest {

  private static final int FIRST = 256;
  private static final long USUAL = Duration.ofMillis(100).toNanos();

  private final ConcurrencyLimit concurrencyLimit = new ConcurrencyLimit(600, 0);
  private long now;

  /** As many answers as the limit allows, all calls sent at once. */
  private void round(long nanos) {
    long sentAt = now;
    now += nanos;
    for (int i = concurrencyLimit.size(); i > 0; i--) {
      concurrencyLimit.answered(sentAt, now);
    }
  }

  @Test
  void fullWindowDoublesUpToTheMostWhileTheServerIsAsQuickAsEver() {
    round(USUAL);
    assertThat(concurrencyLimit.size()).isEqualTo(512);
    round(2 * USUAL);
    assertThat(concurrencyLimit.size()).isEqualTo(600);
    round(USUAL);
    assertThat(concurrencyLimit.size()).isEqualTo(600);
  }

  @Test
  void windowThatHoldsNobodyBackStays() {
    for (int i = 0; i < 2 * FIRST; i++) {
      concurrencyLimit.answered(now, now + USUAL);
      now += USUAL / 128;
    }
    assertThat(concurrencyLimit.size()).isEqualTo(FIRST);
  }

  @Test
  void windowWhoseCallsGetSlowerStays() {
    concurrencyLimit.answered(0, USUAL);
    concurrencyLimit.beginRound(now);
    round(2 * USUAL + 1);
    assertThat(concurrencyLimit.size()).isEqualTo(FIRST);
  }

  @Test
  void onlyWholeRoundsOfAnswersCount() {
    for (int i = 1; i < FIRST; i++) {
      concurrencyLimit.answered(0, USUAL);
    }
    concurrencyLimit.beginRound(USUAL);
    concurrencyLimit.answered(0, USUAL);
    assertThat(concurrencyLimit.size()).isEqualTo(FIRST);
  }

  @ParameterizedTest
  @CsvSource({
    "unlimited, 0, 1024",
    "unlimited, 7, 7",
    "unlimited, 5000, 5000",
    "'10/s,60/min', 0, 64",
    "'10/s,60/min', 3, 3",
    "200/2s, 0, 100",
    "1000/s, 0, 256",
  })
  void mostIsWhatTheUserSaysElseWhatTheLimitsLetThrough(String windows, int said, int most) {
    ClientSettings settings =
        Samples.withConcurrency(
            Samples.settings(URI.create("https://example.com/api/v1"), windows), said);
    assertThat(ConcurrencyLimit.most(settings)).isEqualTo(most);
  }

  /** The calls are real, and their latency is what the client's clock says. */
  @Test
  void callsUnderWayGrowWithTheWindow() throws Exception {
    // First come, first served.
    Semaphore answers = new Semaphore(0, true);
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  answers.acquire();
                  RawServer.answer(connection, 200, "", "{\"ok\":true}");
                  return true;
                });
        SteppedClient stepped =
            new SteppedClient(
                Samples.withTimeout(Samples.settings(server.url()), Duration.ofSeconds(20)))) {
      for (int i = 1; i <= 2_000; i++) {
        stepped.feed(i, CompletableFuture::completedFuture);
      }
      stepped.until(() -> answers.getQueueLength() == FIRST);
      stepped.time.pass(Duration.ofMillis(100));
      answers.release(FIRST);
      stepped.until(() -> answers.getQueueLength() == 2 * FIRST);

      // Twice as many make the server slow.
      stepped.time.pass(Duration.ofMillis(300));
      answers.release(2 * FIRST);
      stepped.until(() -> server.requests().size() == FIRST + 4 * FIRST);
      stepped.awaitHeldBackAfter(FIRST + 4 * FIRST);
      assertThat(server.requests()).hasSize(FIRST + 4 * FIRST);
    }
  }
}
