package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateWindowTest {

  private static RateWindow window(int calls, long seconds) {
    return new RateWindow(calls, Duration.ofSeconds(seconds));
  }

  @Test
  void tiersOfSmartLeadsGuide() {
    assertThat(RateWindow.parseAll("standard"))
        .containsExactly(window(10, 1), window(60, 60), window(1_000, 3_600));
    assertThat(RateWindow.parseAll(" PRO "))
        .containsExactly(window(20, 1), window(120, 60), window(3_000, 3_600));
    assertThat(RateWindow.parseAll("Unlimited")).isEmpty();
  }

  @Test
  void windowsOfOnesOwn() {
    assertThat(RateWindow.parseAll("10/s, 60/MIN ,1000/h,10/2s,5/3m,7/024h"))
        .containsExactly(
            window(10, 1),
            window(60, 60),
            window(1_000, 3_600),
            window(10, 2),
            window(5, 180),
            window(7, 86_400));
    assertThat(RateWindow.parseAll("999999999/999999h"))
        .containsExactly(window(999_999_999, 999_999L * 3_600));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10/",
        "/s",
        "0/s",
        "10/0s",
        "-1/s",
        "10/d",
        "10/ms",
        "1.5/s",
        "10 / s",
        "10/-1s",
        "1000000000/s",
        "10/1000000s",
        "ten/s",
        "standard/s",
        "\u0661/s"
      })
  void whatIsNoWindow(String text) {
    assertThatThrownBy(() -> RateWindow.parseAll(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "found \""
                + text
                + "\", expected standard, pro, unlimited or windows such as"
                + " 10/s,60/min,1000/h,10/2s");
  }

  @Test
  void wrongOneAmongSeveralIsNamed() {
    assertThatThrownBy(() -> RateWindow.parseAll("10/s,pro"))
        .hasMessage(
            "found \"pro\", expected standard, pro, unlimited or windows such as"
                + " 10/s,60/min,1000/h,10/2s");
    assertThatThrownBy(() -> RateWindow.parseAll("10/s,"))
        .hasMessageStartingWith("found \"\", expected");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, 10",
    "10, 20, 8",
    "60, 20, 48",
    "3, 50, 1",
    "1, 99, 1",
    "1, 20, 1",
    "99, 99, 1",
    "999999999, 1, 989999999",
  })
  void othersGetTheirShareAndOneCallIsAlwaysLeft(int calls, int percent, int left) {
    assertThat(window(calls, 60).without(percent)).isEqualTo(window(left, 60));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 1, 10/s",
    "10, 2, 10/2s",
    "60, 60, 60/min",
    "60, 120, 60/2min",
    "60, 90, 60/90s",
    "1000, 3600, 1000/h",
    "5, 86400, 5/24h",
  })
  void spelledAsASettingSpellsIt(int calls, long seconds, String text) {
    assertThat(window(calls, seconds)).hasToString(text);
    assertThat(RateWindow.parseAll(text)).isEqualTo(List.of(window(calls, seconds)));
  }

  @ParameterizedTest
  @CsvSource({"0, PT1S", "-1, PT1S", "1, PT0S", "1, PT-1S"})
  void windowWithoutCallsOrTimeIsRefused(int calls, Duration length) {
    assertThatThrownBy(() -> new RateWindow(calls, length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a rate window needs at least one call and a positive length, not "
                + calls
                + " in "
                + length);
  }
}
