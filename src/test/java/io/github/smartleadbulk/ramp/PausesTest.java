package io.github.smartleadbulk.ramp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PausesTest {

  private static Pauses.Range range(String first, String last) {
    return new Pauses.Range(LocalDate.parse(first), LocalDate.parse(last));
  }

  @Test
  void datesAndRanges() {
    assertThat(Pauses.parse("2026-12-24..2027-01-02").ranges())
        .containsExactly(range("2026-12-24", "2027-01-02"));
    assertThat(Pauses.parse(" 2027-04-05;2026-12-24 .. 2027-01-02, 2026-05-01 2026-05-14").ranges())
        .containsExactly(
            range("2026-05-01", "2026-05-01"),
            range("2026-05-14", "2026-05-14"),
            range("2026-12-24", "2027-01-02"),
            range("2027-04-05", "2027-04-05"));
  }

  @Test
  void noDayIsPausedTwice() {
    Pauses pauses =
        Pauses.parse(
            "2026-12-01..2026-12-10; 2026-12-03..2026-12-04; 2026-12-10..2026-12-12; 2026-12-12");

    assertThat(pauses.ranges()).containsExactly(range("2026-12-01", "2026-12-12"));
    assertThat(
            pauses.countIn(
                LocalDate.parse("2026-12-12"), LocalDate.parse("2026-12-31"), Weekdays.ALL))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "christmas",
        "2026-12-24-2027-01-02",
        "2026-12-24..",
        "..2027-01-02",
        "2026-12-24...2027-01-02",
        "2026-12-24..2026-12-25..2026-12-26",
        "24.12.2026",
        "2026-02-30",
        "2026-12-24;"
      })
  void whatIsNoPause(String text) {
    assertThatThrownBy(() -> Pauses.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "found \""
                + text
                + "\", expected dates or ranges such as 2026-12-24..2027-01-02; 2027-04-05");
  }

  @Test
  void rangeThatIsCrossed() {
    assertThatThrownBy(() -> Pauses.parse("2026-05-01; 2027-01-02 .. 2026-12-24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("found \"2027-01-02..2026-12-24\", expected the earlier date first");
  }
}
