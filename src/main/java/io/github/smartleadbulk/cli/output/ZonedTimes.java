package io.github.smartleadbulk.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people, in the zone of this machine, which they name. Files have UTC. */
public final class ZonedTimes {

  private static final DateTimeFormatter TO_THE_MINUTE = in("yyyy-MM-dd HH:mm z");
  private static final DateTimeFormatter TO_THE_SECOND = in("yyyy-MM-dd HH:mm:ss z");

  private ZonedTimes() {}

  private static DateTimeFormatter in(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneId.systemDefault());
  }

  /** Such as {@code 2026-11-26 09:30 CET}. */
  public static String toTheMinute(Instant time) {
    return TO_THE_MINUTE.format(time);
  }

  /** Such as {@code 2026-11-26 09:30:05 CET}. */
  public static String toTheSecond(Instant time) {
    return TO_THE_SECOND.format(time);
  }
}
