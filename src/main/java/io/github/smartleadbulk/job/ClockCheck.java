package io.github.smartleadbulk.job;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.client.ClockDifference;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunStoppedException;
import io.github.smartleadbulk.workspace.Workspace.CallMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Compares this machine's clock with the server's, which every answer shows. Deadlines, ramps and
 * the record of calls depend on this machine's clock. Thread-safe.
 */
final class ClockCheck {

  private final RunContext context;
  private boolean told;
  private boolean refused;

  ClockCheck(RunContext context) {
    this.context = context;
  }

  /**
   * Asks the server for its time if the run needs it before it sends anything.
   *
   * @return false if the client has stopped
   * @throws RunStoppedException if a wrong clock gave the date of the limits
   */
  boolean askServer(OpenWorkspace workspace) throws InterruptedException {
    if (!isOfToday(workspace)
        || workspace.client().serverTime().isPresent()
        || context.isEveryRowEnded()) {
      return true;
    }
    // Every answer shows the server's time.
    Answer answer = Answers.await(workspace.client().list(new AccountPage(0, 1, null)));
    if (answer instanceof Answer.Undecided) {
      return false;
    }
    check(workspace);
    return true;
  }

  /** Whether the day of the input comes from this machine's clock alone. */
  private boolean isOfToday(OpenWorkspace workspace) {
    Guards.Day day = context.settings().guards().day();
    return (day == Guards.Day.TODAY
            || (day == Guards.Day.KEPT && context.options().today() != null))
        // An embedded sandbox uses this machine's clock.
        && workspace.workspace().callMemory() == CallMemory.KEPT;
  }

  /**
   * Warns the user once if the clocks differ.
   *
   * @throws RunStoppedException if a wrong clock gave the date of the limits
   */
  synchronized void check(OpenWorkspace workspace) {
    Instant server = workspace.client().serverTime().orElse(null);
    if (server != null && isOfToday(workspace)) {
      refuseAnotherDay(server);
    }
    tell(workspace);
  }

  private void refuseAnotherDay(Instant server) {
    ClockDifference difference = difference(server);
    if (difference.isAnotherDay()) {
      refuse(difference + ", and the limits are for the day of this machine's clock");
    }
    Instant today = context.options().today();
    boolean isKept = context.settings().guards().day() == Guards.Day.KEPT;
    if (isKept
        && today != null
        && Duration.between(server, today).compareTo(ClockDifference.ANOTHER_DAY) >= 0) {
      refuse(
          "the limits are for the day of %s, which came from a wrong clock: the server's shows %s"
              .formatted(shown(today), shown(server)));
    }
  }

  private void refuse(String why) {
    String message =
        "guard on the date: "
            + why
            + ". Set the clock and run 'ramp' again, or give the day with 'ramp --date'. ";
    if (!context.prepared().run().spec().isPlan()) {
      throw new RunStoppedException(ExitCode.GUARD, message + "Nothing more was sent");
    }
    if (!refused) {
      refused = true;
      context.listener().wouldStop(message + "Without --dry-run, nothing would be sent (exit 4)");
    }
  }

  /** Warns the user once if the clocks differ. */
  synchronized void tell(OpenWorkspace workspace) {
    Optional<Instant> server = workspace.client().serverTime();
    if (told || server.isEmpty() || workspace.workspace().callMemory() == CallMemory.NONE) {
      return;
    }
    ClockDifference difference = difference(server.get());
    if (difference.isWorthTelling()) {
      told = true;
      context.listener().warning(difference.toString());
    }
  }

  private ClockDifference difference(Instant server) {
    return ClockDifference.of(server, context.clock().instant());
  }

  private static Instant shown(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
