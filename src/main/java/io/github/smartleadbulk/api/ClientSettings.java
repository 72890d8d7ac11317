package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.RateWindow;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the client, checked once.
 *
 * @param baseUrl https, or http to this machine, because the key is in the URL
 * @param windows rate limits, which all apply, after subtracting the reserve; empty for none
 * @param maxAttempts attempts per row
 * @param timeout time limit of one call, from the name lookup to the last byte of the answer
 * @param userAgent the name of the program; SmartLead refuses calls without one
 * @param concurrency most calls in flight at once; 0 for automatic
 * @param maxOutage how long to wait for a server that is away before the client stops
 */
public record ClientSettings(
    URI baseUrl,
    ApiKey key,
    List<RateWindow> windows,
    int maxAttempts,
    Duration timeout,
    String userAgent,
    int concurrency,
    Duration maxOutage) {

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  /**
   * @throws IllegalArgumentException if a value is not allowed; the message says which, what was
   *     found and what was expected
   */
  public ClientSettings {
    BaseUrl.check(baseUrl);
    windows = List.copyOf(windows);
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("found " + maxAttempts + " attempts, expected 1 or more");
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "found a timeout of " + seconds(timeout) + ", expected more than 0 and at most 1 hour");
    }
    if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      throw new IllegalArgumentException("the user agent must be printable ASCII");
    }
    if (concurrency < 0) {
      throw new IllegalArgumentException(
          "found " + concurrency + " calls at once, expected 1 or more, or 0 for automatic");
    }
    if (maxOutage.isNegative()) {
      throw new IllegalArgumentException(
          "found a maximum outage of " + seconds(maxOutage) + ", expected 0 or more");
    }
  }

  /** Identifies the key without revealing it. */
  public String keyHash() {
    return key.hash();
  }

  /** A time for people, such as {@code 0.5 s}. */
  static String seconds(Duration time) {
    return (time.toMillis() / 1000.0 + " s").replace(".0 s", " s");
  }
}
