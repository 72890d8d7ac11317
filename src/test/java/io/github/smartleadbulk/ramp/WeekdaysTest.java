package io.github.smartleadbulk.ramp;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeekdaysTest {

  @Test
  void rangesAndLists() {
    assertThat(Weekdays.parse("mon-fri").days())
        .containsExactlyInAnyOrder(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY);
    assertThat(Weekdays.parse("mon,wed,fri").days())
        .containsExactlyInAnyOrder(MONDAY, WEDNESDAY, FRIDAY);
    assertThat(Weekdays.parse("mon-tue; fri sun,sun").days())
        .containsExactlyInAnyOrder(MONDAY, TUESDAY, FRIDAY, SUNDAY);
  }

  @Test
  void rangesRunOverTheEndOfTheWeek() {
    assertThat(Weekdays.parse("sat-mon").days())
        .containsExactlyInAnyOrder(SATURDAY, SUNDAY, MONDAY);
    assertThat(Weekdays.parse("tue-mon")).isEqualTo(Weekdays.ALL);
    assertThat(Weekdays.parse("tue-tue").days()).containsExactly(TUESDAY);
  }

  @Test
  void namesInAnyCaseAndLength() {
    assertThat(Weekdays.parse("\u00A0MONDAY – Fri , Thurs").days())
        .containsExactlyInAnyOrder(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mo", "t", "mon-", "-fri", "mon-wed-fri", "mon,", ",", "1-5", "mondays", "montag"})
  void whatIsNoWeekday(String text) {
    assertThatThrownBy(() -> Weekdays.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "found \"" + text + "\", expected days of the week such as mon-fri or mon,wed,fri");
  }

  @Test
  void countsWithoutGoingThroughTheDays() {
    Weekdays workdays = Weekdays.parse("mon-fri");
    LocalDate sunday = LocalDate.parse("2026-11-22");
    long naive = 0;
    for (int i = 0; i < 30; i++) {
      naive += workdays.days().contains(sunday.plusDays(i).getDayOfWeek()) ? 1 : 0;
      assertThat(workdays.countIn(sunday, sunday.plusDays(i))).isEqualTo(naive);
    }
    assertThat(workdays.countIn(sunday, sunday.minusDays(1))).isZero();
    assertThat(workdays.countIn(sunday, sunday.minusDays(9))).isZero();
    assertThat(Weekdays.ALL.countIn(LocalDate.parse("0001-01-01"), LocalDate.parse("9999-12-31")))
        .isEqualTo(3_652_059);
  }
}
