package io.github.smartleadbulk.job;

import io.github.smartleadbulk.job.RunSettings.CallMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Compares this machine's clock with the server's, of which every answer tells. Deadlines, ramps
 * and the record of calls all go by ours. For one thread.
 */
final class ClockCheck {

  private static final Duration WORTH_TELLING = Duration.ofMinutes(5);

  /** By so much the day is another one, wherever on earth the two are. */
  private static final Duration ANOTHER_DAY = Duration.ofHours(24);

  private final RunContext context;
  private boolean told;

  ClockCheck(RunContext context) {
    this.context = context;
  }

  /** Whether the server's clock has to be known before anything is sent, and is not. */
  boolean isMissing() {
    return isOfToday() && context.client().serverTime().isEmpty();
  }

  /** An embedded sandbox has this machine's clock. */
  private boolean isOfToday() {
    return context.settings().guards().ofToday()
        && context.settings().callMemory() == CallMemory.KEPT;
  }

  /**
   * Tells the user once where the clocks differ.
   *
   * @throws RunStoppedException where limits are about to be set by the date of a wrong clock
   */
  void check() {
    Optional<Instant> server = context.client().serverTime();
    if (told || server.isEmpty() || context.settings().callMemory() == CallMemory.NONE) {
      return;
    }
    Duration ahead = Duration.between(server.get(), context.clock().instant());
    if (ahead.abs().compareTo(WORTH_TELLING) < 0) {
      return;
    }
    told = true;
    String message =
        "this machine's clock is %s %s the server's, which shows %s"
            .formatted(
                shown(ahead.abs()),
                ahead.isNegative() ? "behind" : "ahead of",
                server.get().truncatedTo(ChronoUnit.SECONDS));
    if (isOfToday() && ahead.abs().compareTo(ANOTHER_DAY) >= 0) {
      throw new RunStoppedException(
          ExitCode.GUARD,
          "guard on the date: "
              + message
              + ", and the limits are those of its day. Set the clock, or give the day with --date;"
              + " nothing more was sent");
    }
    context.listener().warning(message);
  }

  private static String shown(Duration duration) {
    return duration.toHours() >= 48
        ? duration.toDays() + " days"
        : duration.toHours() >= 2
            ? duration.toHours() + " hours"
            : duration.toMinutes() + " minutes";
  }
}
