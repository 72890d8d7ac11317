package io.github.smartleadbulk.job;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunSettings.CallMemory;
import io.github.smartleadbulk.run.RunStoppedException;
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

  /** Clocks this far apart show different days, wherever on earth they are. */
  private static final Duration ANOTHER_DAY = Duration.ofHours(24);

  private final RunContext context;
  private boolean told;

  ClockCheck(RunContext context) {
    this.context = context;
  }

  /**
   * Asks the server for its time where it has to be known before anything is sent, and is not.
   *
   * @return false where the client has stopped
   * @throws RunStoppedException where limits are about to be set by the date of a wrong clock
   */
  boolean askServer() throws InterruptedException {
    if (!isOfToday() || context.client().serverTime().isPresent() || context.isEveryRowEnded()) {
      return true;
    }
    // Any answer carries it.
    Answer answer = Answers.await(context.client().list(new AccountPage(0, 1, null)));
    if (answer instanceof Answer.Undecided) {
      return false;
    }
    check();
    return true;
  }

  /** Whether the day of the input comes from this machine's clock alone. */
  private boolean isOfToday() {
    Guards.Day day = context.settings().guards().day();
    return (day == Guards.Day.TODAY
            || (day == Guards.Day.KEPT && context.options().today() != null))
        // An embedded sandbox has this machine's clock.
        && context.settings().callMemory() == CallMemory.KEPT;
  }

  /**
   * Tells the user once where the clocks differ.
   *
   * @throws RunStoppedException where limits are about to be set by the date of a wrong clock
   */
  void check() {
    Instant server = context.client().serverTime().orElse(null);
    if (server != null && isOfToday()) {
      refuseAnotherDay(server);
    }
    tell();
  }

  private void refuseAnotherDay(Instant server) {
    Duration ahead = ahead(server);
    if (ahead.abs().compareTo(ANOTHER_DAY) >= 0) {
      throw stopped(difference(server, ahead) + ", and the limits are those of its day");
    }
    Instant today = context.options().today();
    boolean isKept = context.settings().guards().day() == Guards.Day.KEPT;
    if (isKept && today != null && Duration.between(server, today).compareTo(ANOTHER_DAY) >= 0) {
      throw stopped(
          "the limits are those of the day of %s, by a clock that was wrong: the server's shows %s"
              .formatted(shown(today), shown(server)));
    }
  }

  private static RunStoppedException stopped(String why) {
    return new RunStoppedException(
        ExitCode.GUARD,
        "guard on the date: "
            + why
            + ". Set the clock and run 'ramp' again, or give the day with 'ramp --date'; nothing"
            + " more was sent");
  }

  /** Tells the user once where the clocks differ. */
  void tell() {
    Optional<Instant> server = context.client().serverTime();
    if (told || server.isEmpty() || context.settings().callMemory() == CallMemory.NONE) {
      return;
    }
    Duration ahead = ahead(server.get());
    if (ahead.abs().compareTo(WORTH_TELLING) >= 0) {
      told = true;
      context.listener().warning(difference(server.get(), ahead));
    }
  }

  private Duration ahead(Instant server) {
    return Duration.between(server, context.clock().instant());
  }

  private static String difference(Instant server, Duration ahead) {
    return "this machine's clock is %s %s the server's, which shows %s"
        .formatted(shown(ahead.abs()), ahead.isNegative() ? "behind" : "ahead of", shown(server));
  }

  private static Instant shown(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String shown(Duration duration) {
    return duration.toHours() >= 48
        ? duration.toDays() + " days"
        : duration.toHours() >= 2
            ? duration.toHours() + " hours"
            : duration.toMinutes() + " minutes";
  }
}
