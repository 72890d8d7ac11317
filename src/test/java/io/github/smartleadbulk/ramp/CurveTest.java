package io.github.smartleadbulk.ramp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CurveTest {

  private static LongStream days(Curve curve, int count) {
    return LongStream.range(0, count).map(curve::limitAfter);
  }

  @Test
  void weeksRiseEvenlyFromTheirFirstDayToTheirLast() {
    assertThat(days(Curve.parse("usual", "weeks: 5-10, 10-20, 30-50", "curve.usual"), 24))
        .containsExactly(
            5L, 5L, 6L, 7L, 8L, 9L, 10L, //
            10L, 11L, 13L, 15L, 16L, 18L, 20L, //
            30L, 33L, 36L, 40L, 43L, 46L, 50L, //
            50L, 50L, 50L);
  }

  @Test
  void weekHasAsManyDaysAsCountInAWeek() {
    Curve curve = Curve.parse("usual", "weeks: 5-10, 10-20, 30-50", "curve.usual");

    assertThat(days(curve.inWeeksOf(5), 17))
        .containsExactly(
            5L, 6L, 7L, 8L, 10L, //
            10L, 12L, 15L, 17L, 20L, //
            30L, 35L, 40L, 45L, 50L, //
            50L, 50L);
    assertThat(days(curve.inWeeksOf(1), 5)).containsExactly(5L, 10L, 30L, 50L, 50L);
    assertThat(days(Curve.parse("quick", "days: 5, 7, 9", "curve.quick").inWeeksOf(5), 4))
        .containsExactly(5L, 7L, 9L, 9L);
    assertThat(days(curve.cappedAt(12).inWeeksOf(5), 8))
        .containsExactly(5L, 6L, 7L, 8L, 10L, 10L, 12L, 12L);
  }

  @Test
  void weeksOfOneLimit() {
    assertThat(days(Curve.parse("flat", "WEEKS:5,7–7 , 9", "curve.flat"), 16))
        .containsExactly(5L, 5L, 5L, 5L, 5L, 5L, 5L, 7L, 7L, 7L, 7L, 7L, 7L, 7L, 9L, 9L);
  }

  @Test
  void days() {
    assertThat(days(Curve.parse("quick", " Days : 5, 7, 7,12 ", "curve.quick"), 6))
        .containsExactly(5L, 7L, 7L, 12L, 12L, 12L);
  }

  @Test
  void capCutsACurveOff() {
    Curve curve = Curve.parse("usual", "days: 5, 7, 9, 12", "curve.usual").cappedAt(8);

    assertThat(days(curve, 5)).containsExactly(5L, 7L, 8L, 8L, 8L);
    assertThat(curve.name()).isEqualTo("usual");
  }

  @Test
  void largestNumbersDoNotOverflow() {
    Curve curve = Curve.parse("steep", "weeks: 1-9007199254740991", "curve.steep");

    assertThat(curve.limitAfter(3)).isEqualTo(4_503_599_627_370_496L);
    assertThat(curve.limitAfter(5)).isEqualTo(7_505_999_378_950_826L);
    assertThat(curve.limitAfter(Long.MAX_VALUE)).isEqualTo(9_007_199_254_740_991L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5-10, 10-20", "months: 5", "weeks 5-10", "week: 5"})
  void whatIsNoCurve(String text) {
    assertThatThrownBy(() -> Curve.parse("usual", text, "curve.usual"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "curve.usual: found \""
                + text
                + "\", expected a curve such as weeks: 5-10, 10-20, 30-50 or days: 5, 7, 9, 12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          weeks:               | ''               | a week such as 5-10 or 20, with limits of 1 or more
          weeks: 5-10,         | ''               | a week such as 5-10 or 20, with limits of 1 or more
          weeks: 5-10 10-20    | 5-10 10-20       | a week such as 5-10 or 20, with limits of 1 or more
          weeks: 0-5           | 0-5              | a week such as 5-10 or 20, with limits of 1 or more
          weeks: 5, x          | x                | a week such as 5-10 or 20, with limits of 1 or more
          weeks: 5.5           | 5.5              | a week such as 5-10 or 20, with limits of 1 or more
          weeks: 9007199254740992 | 9007199254740992 | a week such as 5-10 or 20, with limits of 1 or more
          days: 5-10           | 5-10             | a limit for one day, such as 5, of 1 or more
          days: 0              | 0                | a limit for one day, such as 5, of 1 or more
          weeks: 10-5          | 10-5             | a limit of 10 or more, because a curve never falls
          weeks: 5-10, 9-20    | 9-20             | a limit of 10 or more, because a curve never falls
          weeks: 5-10, 12-11   | 12-11            | a limit of 12 or more, because a curve never falls
          days: 5, 7, 6        | 6                | a limit of 7 or more, because a curve never falls
          """)
  void itemThatCannotBe(String text, String found, String expected) {
    assertThatThrownBy(() -> Curve.parse("usual", text, "curve.usual"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("curve.usual: found \"" + found + "\", expected " + expected);
  }
}
