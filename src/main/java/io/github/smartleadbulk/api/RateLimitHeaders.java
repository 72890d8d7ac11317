package io.github.smartleadbulk.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer say about the server's limits. A header that cannot be parsed
 * counts as absent.
 */
final class RateLimitHeaders {

  /** The longest window of any tier. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** Longer than anybody waits, and short enough to add to without overflow. */
  private static final Duration LONGEST_PAUSE = Duration.ofDays(30);

  private final Headers headers;
  private final @Nullable Instant date;
  private final Instant now;

  /**
   * @param now used instead of the server's {@code Date} if there is none
   */
  RateLimitHeaders(Headers headers, Instant now) {
    this.headers = headers;
    this.date = date(headers.get("Date"));
    this.now = date == null ? now : date;
  }

  /**
   * What the server's clock shows; null if the answer does not say, or comes with its {@code Date}
   * from a cache.
   */
  @Nullable Instant date() {
    return headers.get("Age") == null ? date : null;
  }

  /** Whether Cloudflare says it has stopped the call: {@code cf-mitigated: challenge}. */
  boolean isMitigated() {
    return headers.get("cf-mitigated") != null;
  }

  /** Whether the answer came through Cloudflare. */
  boolean isFromCloudflare() {
    String server = headers.get("Server");
    return isMitigated()
        || headers.get("CF-RAY") != null
        || (server != null && server.equalsIgnoreCase("cloudflare"));
  }

  /** {@code Retry-After}, in seconds or as a date; zero if there is none. */
  Duration retryAfter() {
    String value = headers.get("Retry-After");
    if (value == null) {
      return Duration.ZERO;
    }
    Instant until = date(value);
    return until == null ? seconds(value) : clamp(Duration.between(now, until));
  }

  /** {@code X-RateLimit-Remaining} and {@code -Reset}. */
  RemainingCalls budget() {
    double remaining = number(headers.get("X-RateLimit-Remaining"));
    return remaining < 0
        ? RemainingCalls.UNKNOWN
        : new RemainingCalls((long) remaining, until(number(headers.get("X-RateLimit-Reset"))));
  }

  /**
   * The docs say "Unix timestamp" without a unit, and an older page suggests a delay. A time beyond
   * the longest window is a misunderstood number and is ignored.
   */
  private Duration until(double reset) {
    if (!(reset > 0)) {
      return Duration.ZERO;
    }
    double millis = reset < 1e11 ? reset * 1000 : reset;
    Duration until =
        Duration.ofMillis((long) Math.min(millis, 1e15) - (reset < 1e6 ? 0 : now.toEpochMilli()));
    return until.compareTo(LONGEST) <= 0 ? clamp(until) : Duration.ZERO;
  }

  /** Parses seconds as a decimal number; zero if the text is not one. */
  static Duration seconds(String value) {
    double seconds = number(value);
    return seconds > 0
        ? clamp(Duration.ofMillis((long) (Math.min(seconds, 1e9) * 1000)))
        : Duration.ZERO;
  }

  private static double number(@Nullable String value) {
    if (value == null || !value.strip().matches("[0-9]{1,18}(\\.[0-9]{1,9})?")) {
      return -1;
    }
    return Double.parseDouble(value.strip());
  }

  private static @Nullable Instant date(@Nullable String value) {
    if (value == null) {
      return null;
    }
    // The day of the week may be wrong and is not needed.
    String date = value.strip().replaceFirst("^[A-Za-z]+, *", "").replaceFirst("UTC$", "GMT");
    try {
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Duration clamp(Duration pause) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
