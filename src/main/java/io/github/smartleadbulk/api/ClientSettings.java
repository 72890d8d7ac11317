package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.RateWindow;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What the client has to know, checked once.
 *
 * @param baseUrl https, or http to this machine: the key travels in the URL
 * @param windows limits of calls, all at once, the share of others already taken off; empty for
 *     none
 * @param maxAttempts tries of one row
 * @param timeout of one call, from the name lookup to the last byte of the answer
 * @param userAgent SmartLead refuses callers without a name of their own
 * @param concurrency most calls under way at once; 0 lets the client find it
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
   * @throws IllegalArgumentException if one of them cannot be; the message says which, what was
   *     found and what is expected
   */
  public ClientSettings {
    BaseUrl.check(baseUrl);
    windows = List.copyOf(windows);
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("found " + maxAttempts + " attempts, expected 1 or more");
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "found a timeout of " + timeout + ", expected more than nothing and at most an hour");
    }
    if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      throw new IllegalArgumentException("the user agent has to be printable ASCII");
    }
    if (concurrency < 0) {
      throw new IllegalArgumentException(
          "found " + concurrency + " calls at once, expected 1 or more, or 0 to find the number");
    }
    if (maxOutage.isNegative()) {
      throw new IllegalArgumentException(
          "found a longest outage of " + maxOutage + ", expected none or some time");
    }
  }
}
