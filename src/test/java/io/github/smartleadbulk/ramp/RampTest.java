package io.github.smartleadbulk.ramp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RampTest {

  private static final Steps FIVE_A_DAY = new Steps(5, 5, 1, 30);

  /** A Monday. */
  private static final LocalDate FROM = LocalDate.parse("2026-11-23");

  private static String limits(Ramp ramp, LocalDate first, int days) {
    return IntStream.range(0, days)
        .mapToObj(day -> ramp.limitOn(first.plusDays(day)))
        .map(limit -> limit.isPresent() ? Long.toString(limit.getAsLong()) : "-")
        .collect(Collectors.joining(" "));
  }

  private static Ramp ramp(
      String from, @Nullable String until, String weekdays, String pauses, Course course) {
    return new Ramp(
        LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        weekdays.isEmpty() ? Weekdays.ALL : Weekdays.parse(weekdays),
        pauses.isEmpty() ? Pauses.NONE : Pauses.parse(pauses),
        course);
  }

  @Test
  void nothingBeforeTheFirstDayAndTheCapInTheEnd() {
    assertThat(limits(ramp("2026-11-23", null, "", "", FIVE_A_DAY), FROM.minusDays(2), 10))
        .isEqualTo("- - 5 10 15 20 25 30 30 30");
  }

  @Test
  void lastStepIsCutToTheCap() {
    assertThat(limits(ramp("2026-11-23", null, "", "", new Steps(5, 4, 1, 14)), FROM, 5))
        .isEqualTo("5 9 13 14 14");
  }

  @Test
  void stepsAtADistance() {
    assertThat(limits(ramp("2026-11-23", null, "", "", new Steps(5, 5, 3, 30)), FROM, 8))
        .isEqualTo("5 5 5 10 10 10 15 15");
  }

  @Test
  void otherWeekdaysAreNoSteps() {
    assertThat(limits(ramp("2026-11-23", null, "mon-fri", "", FIVE_A_DAY), FROM, 9))
        .isEqualTo("5 10 15 20 25 25 25 30 30");
  }

  /** The limit stands from the first day on, even where that day does not count. */
  @Test
  void firstDayThatDoesNotCount() {
    assertThat(limits(ramp("2026-11-22", null, "mon-fri", "", FIVE_A_DAY), FROM.minusDays(2), 5))
        .isEqualTo("- 5 10 15 20");
    assertThat(
            limits(
                ramp("2026-11-23", null, "", "2026-11-23..2026-11-24", FIVE_A_DAY),
                FROM.minusDays(1),
                5))
        .isEqualTo("- 5 5 10 15");
  }

  @Test
  void nothingStepsInPauses() {
    assertThat(
            limits(
                ramp(
                    "2026-11-23",
                    null,
                    "",
                    "2026-11-25..2026-11-26; 2026-11-26; 2026-11-20..2026-11-21; 2026-11-28",
                    FIVE_A_DAY),
                FROM,
                8))
        .isEqualTo("5 10 10 10 15 15 20 25");
  }

  @Test
  void untilIsTheLastDayThatSteps() {
    assertThat(limits(ramp("2026-11-23", "2026-11-25", "", "", FIVE_A_DAY), FROM, 6))
        .isEqualTo("5 10 15 15 15 15");
    assertThat(limits(ramp("2026-11-23", "2026-11-23", "", "", FIVE_A_DAY), FROM, 3))
        .isEqualTo("5 5 5");
  }

  @Test
  void curveCountsTheSameDays() {
    Curve curve = Curve.parse("quick", "days: 5, 7, 9, 12, 15", "curve.quick");

    assertThat(limits(ramp("2026-11-26", null, "mon-fri", "2026-11-30", curve), FROM, 12))
        .isEqualTo("- - - 5 7 7 7 7 9 12 15 15");
  }

  @Test
  void weekOfACurveHasTheWeekdaysThatCount() {
    Curve curve = Curve.parse("usual", "weeks: 5-9, 20", "curve.usual");

    assertThat(limits(ramp("2026-11-23", null, "mon-fri", "", curve), FROM, 8))
        .isEqualTo("5 6 7 8 9 9 9 20");
    assertThat(limits(ramp("2026-11-23", null, "mon-fri", "2026-11-24", curve), FROM, 9))
        .isEqualTo("5 5 6 7 8 8 8 9 20");
  }

  /** A missed night, and a night that runs twice: the date alone decides. */
  @Test
  void dayCanBeAskedForInAnyOrder() {
    Ramp ramp = ramp("2026-11-23", null, "", "", FIVE_A_DAY);

    assertThat(ramp.limitOn(FROM.plusDays(4))).hasValue(25);
    assertThat(ramp.limitOn(FROM.plusDays(1))).hasValue(10);
    assertThat(ramp.limitOn(FROM.plusDays(1))).hasValue(10);
  }

  @Test
  void endsOfTimeAndLargestNumbers() {
    long largest = (1L << 53) - 1;
    Ramp steep = ramp("0001-01-01", null, "", "", new Steps(1, largest, 1, largest));
    Ramp slow = ramp("0001-01-01", null, "mon", "0001-01-01..9999-12-31", FIVE_A_DAY);
    Ramp rare = ramp("0001-01-01", null, "", "", new Steps(1, 1, largest, largest));

    assertThat(steep.limitOn(LocalDate.MAX)).hasValue(largest);
    assertThat(steep.limitOn(LocalDate.MIN)).isEmpty();
    assertThat(slow.limitOn(LocalDate.parse("9999-12-31"))).hasValue(5);
    assertThat(rare.limitOn(LocalDate.MAX)).hasValue(1);
    assertThat(
            ramp("0001-01-01", "9999-12-31", "", "", new Steps(1, 1, 1, largest))
                .limitOn(LocalDate.MAX))
        .hasValue(3_652_059);
    assertThat(ramp("9999-12-31", null, "", "", FIVE_A_DAY).limitOn(LocalDate.parse("9999-12-31")))
        .hasValue(5);
  }

  /** What the arithmetic over weeks and ranges must come to, counted day by day. */
  @Test
  void sameAsCountingDayByDay() {
    Random random = new Random(20261123);
    for (int round = 0; round < 1_000; round++) {
      LocalDate from = FROM.plusDays(random.nextInt(30));
      LocalDate until = random.nextBoolean() ? null : from.plusDays(random.nextInt(40));
      Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
      for (DayOfWeek day : DayOfWeek.values()) {
        if (random.nextBoolean()) {
          days.add(day);
        }
      }
      List<Pauses.Range> pauses = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        LocalDate first = FROM.plusDays(random.nextInt(70) - 5);
        pauses.add(new Pauses.Range(first, first.plusDays(random.nextInt(12))));
      }
      Course course = course(random);
      Ramp ramp = new Ramp(from, until, new Weekdays(days), new Pauses(pauses), course);

      long counted = 0;
      for (LocalDate day = FROM.minusDays(1);
          day.isBefore(FROM.plusDays(90));
          day = day.plusDays(1)) {
        LocalDate today = day;
        boolean counts =
            day.isAfter(from)
                && (until == null || !day.isAfter(until))
                && days.contains(day.getDayOfWeek())
                && pauses.stream()
                    .noneMatch(
                        range -> !today.isBefore(range.first()) && !today.isAfter(range.last()));
        counted += counts ? 1 : 0;
        assertThat(ramp.limitOn(day))
            .as("round %s, %s", round, day)
            .isEqualTo(
                day.isBefore(from)
                    ? OptionalLong.empty()
                    : OptionalLong.of(naive(course.inWeeksOf(days.size()), counted)));
      }
    }
  }

  private static Course course(Random random) {
    long start = 1L + random.nextInt(20);
    return random.nextInt(3) == 0
        ? Curve.parse("usual", "weeks: 5-10, 10-20, 30-50", "curve.usual")
        : new Steps(
            start, 1 + random.nextInt(6), 1 + random.nextInt(5), start + random.nextInt(60));
  }

  private static long naive(Course course, long countedDays) {
    if (course instanceof Steps steps) {
      long limit = steps.start();
      for (long day = 1; day <= countedDays; day++) {
        limit += day % steps.every() == 0 ? steps.step() : 0;
      }
      return Math.min(limit, steps.cap());
    }
    // Its values are in CurveTest.
    return course.limitAfter(countedDays);
  }
}
