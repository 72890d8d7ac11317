package io.github.smartleadbulk.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How this machine's clock differs from the server's.
 *
 * @param server what the server's clock shows
 * @param ahead how far this machine's clock is ahead; negative if it is behind
 */
public record ClockDifference(Instant server, Duration ahead) {

  private static final Duration WORTH_TELLING = Duration.ofMinutes(5);

  /** Clocks this far apart show different days in every time zone. */
  public static final Duration ANOTHER_DAY = Duration.ofHours(24);

  /**
   * Compares two clocks.
   *
   * @param server what the server's clock shows
   * @param here what this machine's clock shows at the same time
   */
  public static ClockDifference of(Instant server, Instant here) {
    return new ClockDifference(server, Duration.between(server, here));
  }

  public boolean isWorthTelling() {
    return ahead.abs().compareTo(WORTH_TELLING) >= 0;
  }

  public boolean isAnotherDay() {
    return ahead.abs().compareTo(ANOTHER_DAY) >= 0;
  }

  /** A sentence without its full stop. */
  @Override
  public String toString() {
    return "this machine's clock is %s %s the server's, which shows %s"
        .formatted(
            shown(ahead.abs()),
            ahead.isNegative() ? "behind" : "ahead of",
            server.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String shown(Duration duration) {
    return duration.toHours() >= 48
        ? duration.toDays() + " days"
        : duration.toHours() >= 2
            ? duration.toHours() + " hours"
            : duration.toMinutes() + " minutes";
  }
}
