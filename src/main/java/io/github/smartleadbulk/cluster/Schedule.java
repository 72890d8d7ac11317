package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that is executed at times of the day.
 *
 * @param cron five fields: minute, hour, day of the month, month, day of the week
 * @param zone such as {@code Europe/Berlin}
 * @param command as on the command line
 * @param file the place in the command of the file that it reads; -1 for none
 * @param content of the file
 * @param since when the execution that has not ended yet was begun; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares schedules.
public record Schedule(
    String cron,
    String zone,
    List<String> command,
    int file,
    byte @Nullable [] content,
    @Nullable Instant since) {

  /** What db-scheduler takes for times that never come. */
  private static final String DISABLED = "-";

  /** Times that never come are after this, in the year 2500. */
  private static final Instant LATEST = Instant.parse("2499-01-01T00:00:00Z");

  /**
   * Checks a schedule.
   *
   * @throws IllegalArgumentException if the times or the zone are not valid
   */
  public static Schedule of(
      String cron, String zone, List<String> command, int file, byte @Nullable [] content) {
    Schedule schedule = new Schedule(cron, zone, List.copyOf(command), file, content, null);
    try {
      if (cron.equals(DISABLED) || schedule.next(Instant.now()).isAfter(LATEST)) {
        throw new IllegalArgumentException("it is never due");
      }
      return schedule;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  Schedule begun(@Nullable Instant at) {
    return new Schedule(cron, zone, command, file, content, at);
  }

  /** The next time after an instant. */
  public Instant next(Instant after) {
    return next(after, ZoneId.of(zone));
  }

  private Instant next(Instant after, ZoneId in) {
    return new CronSchedule(cron, in, CronStyle.UNIX)
        .getNextExecutionTime(ExecutionComplete.simulatedSuccess(after));
  }

  /**
   * The next change of clocks that skips a time of the schedule: on that day, it is not due then.
   *
   * @return empty if none of the changes of the next year does
   */
  public Optional<ZoneOffsetTransition> nextSkipped(Instant now) {
    Instant end = now.plus(Duration.ofDays(366));
    ZoneOffsetTransition change = ZoneId.of(zone).getRules().nextTransition(now);
    while (change != null && change.getInstant().isBefore(end)) {
      if (change.isGap()) {
        Instant withoutChange = next(change.getInstant().minusSeconds(1), change.getOffsetBefore());
        if (withoutChange.isBefore(change.getInstant().plus(change.getDuration()))) {
          return Optional.of(change);
        }
      }
      change = ZoneId.of(zone).getRules().nextTransition(change.getInstant());
    }
    return Optional.empty();
  }
}
