package io.github.smartleadbulk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @ParameterizedTest
  @CsvSource({
    "30, 30000",
    " 2 , 2000",
    "0.5, 500",
    "0, 0",
    "86400, 86400000",
    "999999999999999999, 2592000000",
    "-5, 0",
    "soon, 0",
    "'', 0",
    "'Fri, 15 Jan 2027 08:00:20 GMT', 20000",
    "'Mon, 15 Jan 2027 08:00:20 GMT', 20000", // a Friday
    "'15 Jan 2027 08:00:20 UTC', 20000",
    "'Fri, 15 Jan 2027 07:59:00 GMT', 0"
  })
  void readsRetryAfterAsSecondsOrDate(String value, long millis) {
    assertThat(headers("Retry-After", value).retryAfter()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void readsDatesByTheServersClock() {
    assertThat(
            headers(
                    "Retry-After",
                    "Fri, 15 Jan 2027 09:00:20 GMT",
                    "Date",
                    "Fri, 15 Jan 2027 09:00:00 GMT")
                .retryAfter())
        .isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({
    "20, 20000", // seconds from now
    "2.5, 2500",
    "1800000020, 20000", // epoch seconds
    "1800000020000, 20000", // epoch milliseconds
    "1800000000, 0",
    "1700000000, 0", // long over
    "3600, 3600000", // the longest window
    "3601, 0", // beyond it: misunderstood
    "999999, 0",
    "1900000000, 0",
    "nonsense, 0"
  })
  void readsTheUnitOfResetFromItsSize(String reset, long millis) {
    assertThat(
            headers("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset)
                .budget()
                .exhaustedFor(0))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "59", "none", "-1", ""})
  void nothingIsExhaustedWhileSomethingRemains(String remaining) {
    assertThat(
            headers("X-RateLimit-Remaining", remaining, "X-RateLimit-Reset", "20")
                .budget()
                .exhaustedFor(0))
        .isZero();
  }

  @Test
  void theServersClockIsNotThatOfACache() {
    String date = "Fri, 15 Jan 2027 09:00:00 GMT";
    assertThat(headers("Date", date).date()).isEqualTo(Instant.parse("2027-01-15T09:00:00Z"));
    assertThat(headers("Date", date, "Age", "86400").date()).isNull();
    assertThat(headers("Date", "yesterday").date()).isNull();
  }

  @Test
  void missingHeadersSayNothing() {
    assertThat(headers().retryAfter()).isZero();
    assertThat(headers().budget().exhaustedFor(0)).isZero();
    assertThat(headers("X-RateLimit-Remaining", "0").budget().exhaustedFor(0)).isZero();
  }

  private static RateLimitHeaders headers(String... namesAndValues) {
    return new RateLimitHeaders(Headers.of(namesAndValues), NOW);
  }

  @Test
  void callsUnderWayMayTakeWhatRemains() {
    RemainingCalls three =
        headers("X-RateLimit-Remaining", "3", "X-RateLimit-Reset", "20").budget();

    assertThat(three.exhaustedFor(2)).isZero();
    assertThat(three.exhaustedFor(3)).isEqualTo(Duration.ofSeconds(20));
    assertThat(RemainingCalls.UNKNOWN.exhaustedFor(Integer.MAX_VALUE)).isZero();
  }
}
