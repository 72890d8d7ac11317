package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.job.Guards;
import io.github.smartleadbulk.job.Share;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What keeps a run from doing more, or longer, than was meant. */
final class GuardChoice {

  @Option(
      names = "--max-changes",
      paramLabel = "N|P%%",
      description = "Stop before anything is sent (exit 4) if more accounts would change.")
  @Nullable String maxChanges;

  @Option(
      names = "--max-increase",
      paramLabel = "N|P%%",
      description = "The same, if a daily limit would rise by more.")
  @Nullable String maxIncrease;

  @Option(
      names = "--max-failures",
      paramLabel = "N|P%%",
      description = "Stop (exit 4) when more rows have failed or are uncertain.")
  @Nullable String maxFailures;

  @Option(
      names = "--canary",
      paramLabel = "N",
      defaultValue = "0",
      description = "Send N rows, read their accounts back and compare, and only then the rest.")
  int canary;

  @Option(
      names = "--allow-emptying",
      description = "Let the signatures of more than 10 %% of the accounts be emptied.")
  boolean allowEmptying;

  @Option(names = "--allow-same-bcc", description = "Let all rows set the same BCC address.")
  boolean allowSameBcc;

  @Option(
      names = "--finish-by",
      paramLabel = "HH:MM",
      description = "No call that could end later; then the run stops (exit 5), to be resumed.")
  @Nullable String finishBy;

  @Option(
      names = "--max-duration",
      paramLabel = "DURATION",
      description = "The same, so long after the start.")
  @Nullable Duration maxDuration;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "Of times and days, such as Europe/Berlin (default: this machine's).")
  @Nullable String timeZone;

  /**
   * @throws UsageException if one of them cannot be
   */
  Guards guards(Clock clock) {
    if (canary < 0) {
      throw new UsageException("--canary: found " + canary + ", expected 0 or more");
    }
    return new Guards(
        share("--max-changes", maxChanges),
        share("--max-increase", maxIncrease),
        share("--max-failures", maxFailures),
        canary,
        allowEmptying,
        allowSameBcc,
        deadline(clock.instant(), zone()));
  }

  private static @Nullable Share share(String option, @Nullable String text) {
    try {
      return text == null ? null : Share.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  private @Nullable Instant deadline(Instant now, ZoneId zone) {
    Instant byDuration = maxDuration == null ? null : now.plus(maxDuration);
    Instant byTime = finishBy == null ? null : next(finishBy, now, zone);
    if (byDuration == null || byTime == null) {
      return byDuration == null ? byTime : byDuration;
    }
    return byDuration.isBefore(byTime) ? byDuration : byTime;
  }

  /** The next time that the clock on the wall shows so. */
  private static Instant next(String time, Instant now, ZoneId zone) {
    try {
      ZonedDateTime today = now.atZone(zone);
      ZonedDateTime then = today.with(LocalTime.parse(time));
      return (then.toInstant().isAfter(now) ? then : then.plusDays(1)).toInstant();
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--finish-by: found " + Cells.shown(time) + ", expected a time such as 06:00");
    }
  }

  ZoneId zone() {
    try {
      return timeZone == null ? ZoneId.systemDefault() : ZoneId.of(timeZone.strip());
    } catch (DateTimeException e) {
      throw new UsageException(
          "--time-zone: found "
              + Cells.shown(String.valueOf(timeZone))
              + ", expected a time zone such as Europe/Berlin or UTC");
    }
  }
}
