package io.github.smartleadbulk.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {

  private static ProgressLine line() {
    return new ProgressLine()
        .add(3, "7 of 13 rows")
        .add(4, "7 updated")
        .add(1, "6 to send")
        .add(2, "done at 14:05:10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80 | 7 of 13 rows, 7 updated, 6 to send, done at 14:05:10",
        "52 | 7 of 13 rows, 7 updated, 6 to send, done at 14:05:10",
        "51 | 7 of 13 rows, 6 to send, done at 14:05:10",
        "40 | 7 updated, 6 to send, done at 14:05:10",
        "27 | 6 to send, done at 14:05:10",
        "25 | 7 of 13 rows, 6 to send",
        "10 | 6 to send",
        "4  | 6 to",
        "0  | ''",
      })
  void theMostImportantFactsThatFitAreShownInTheirOrder(int columns, String shown) {
    assertThat(line().text(columns)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"服务器不可用", "サーバー", "서버", "🚀🚀🚀", "ＦＵＬＬ", "a服b", "é", "e\u0301", "…→“”"})
  void wideCharactersTakeTwoColumns(String reason) {
    for (int columns = 1; columns < 20; columns++) {
      String shown = new ProgressLine().add(1, reason.repeat(5)).text(columns);

      assertThat(ProgressLine.width(shown)).isLessThanOrEqualTo(columns);
    }
    assertThat(ProgressLine.width("服务器")).isEqualTo(6);
    assertThat(ProgressLine.width("🚀")).isEqualTo(2);
  }

  @Test
  void whatAServerSaysStaysOnTheLine() {
    assertThat(new ProgressLine().add(1, "a\nb\tc\rd\u001B[31me").text())
        .isEqualTo("a b c\\u000Dd\\u001B[31me");
  }
}
