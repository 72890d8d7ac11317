package io.github.smartleadbulk.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {

  private static Schedule schedule(String cron, String zone) {
    return Schedule.of(cron, zone, List.of("update", "rows.csv"), 1, new byte[] {1});
  }

  /** All times of a year. */
  private static List<ZonedDateTime> year(Schedule schedule, int year) {
    ZoneId zone = ZoneId.of(schedule.zone());
    Instant end = LocalDate.of(year + 1, 1, 1).atStartOfDay(zone).toInstant();
    List<ZonedDateTime> times = new ArrayList<>();
    Instant at =
        schedule.next(LocalDate.of(year, 1, 1).atStartOfDay(zone).toInstant().minusSeconds(1));
    while (at.isBefore(end)) {
      times.add(at.atZone(zone));
      at = schedule.next(at);
    }
    return times;
  }

  @ParameterizedTest
  @CsvSource({
    // The clocks skip from 2 to 3, and at 3 they go back to 2.
    "Europe/Berlin, 01:59, true",
    "Europe/Berlin, 02:00, false",
    "Europe/Berlin, 02:30, false",
    "Europe/Berlin, 03:00, true",
    // From 2 to 3, and at 2 back to 1.
    "America/New_York, 01:30, true",
    "America/New_York, 02:00, false",
    "America/New_York, 02:59, false",
    "America/New_York, 03:00, true",
    "UTC, 02:30, true",
  })
  void everyDayHasItsTimeOnceUnlessTheClocksSkipIt(String zone, LocalTime time, boolean everyDay) {
    Schedule schedule = schedule("%d %d * * *".formatted(time.getMinute(), time.getHour()), zone);

    List<ZonedDateTime> times = year(schedule, 2027);

    assertThat(times).extracting(ZonedDateTime::toLocalTime).containsOnly(time);
    assertThat(times).extracting(ZonedDateTime::toLocalDate).doesNotHaveDuplicates();
    assertThat(times).hasSize(everyDay ? 365 : 364);
    Instant newYear = Instant.parse("2027-01-01T12:00:00Z");
    assertThat(schedule.nextSkipped(newYear).isPresent()).isEqualTo(!everyDay);
  }

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, Europe/Berlin, 2027-01-01T00:00:00Z, 2027-03-28T02:00",
    "30 2 * * *, America/New_York, 2027-01-01T00:00:00Z, 2027-03-14T02:00",
    // The change has passed, so it is that of the next year.
    "30 2 * * *, Europe/Berlin, 2027-03-28T01:00:00Z, 2028-03-26T02:00",
    // Several times a day, and only some of them are skipped.
    "0 1-3 * * *, Europe/Berlin, 2027-01-01T00:00:00Z, 2027-03-28T02:00",
  })
  void changeThatSkipsATimeIsKnownBefore(String cron, String zone, Instant now, String change) {
    assertThat(schedule(cron, zone).nextSkipped(now).orElseThrow().getDateTimeBefore())
        .hasToString(change);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "UTC"})
  void timesByTheMinuteGoOnEvenlyWhenTheClocksChange(String zone) {
    List<ZonedDateTime> times = year(schedule("*/30 * * * *", zone), 2027);

    assertThat(times).hasSize(365 * 48);
  }

  @Test
  void eitherOfTwoDaysIsEnough() {
    List<ZonedDateTime> times = year(schedule("0 2 13 * 5", "UTC"), 2027);

    assertThat(times)
        .allMatch(time -> time.getDayOfMonth() == 13 || time.getDayOfWeek() == DayOfWeek.FRIDAY)
        .anyMatch(time -> time.getDayOfMonth() != 13)
        .anyMatch(time -> time.getDayOfWeek() != DayOfWeek.FRIDAY);
  }

  /** On weekdays only, the night of the change does not matter: it is a Sunday. */
  @Test
  void changeOnADayThatIsNotDueSkipsNothing() {
    assertThat(
            schedule("30 2 * * 1-5", "Europe/Berlin")
                .nextSkipped(Instant.parse("2027-01-01T00:00:00Z")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "nightly",
        "0 2 * *",
        "0 2 * * * *",
        "60 2 * * *",
        "0 25 * * *",
        "0 0 30 2 *"
      })
  void timesThatAreNotValidOrNeverComeAreRefused(String cron) {
    assertThatThrownBy(() -> schedule(cron, "UTC"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Berlin", "Europe/Berln", "UTC+25"})
  void zonesThatDoNotExistAreRefused(String zone) {
    assertThatThrownBy(() -> schedule("0 2 * * *", zone))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
