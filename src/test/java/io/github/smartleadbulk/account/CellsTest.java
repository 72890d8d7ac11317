package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CellsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "\r\n",
        "   \n ",
        "\u00A0",
        "\u202F",
        "\u2003",
        "\u3000",
        "\u200B",
        "\uFEFF",
        "\u2028",
        "\u00A0 \u200B\t\uFEFF"
      })
  void whatNobodyCanSeeIsBlank(String cell) {
    assertThat(Cells.isBlank(cell)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-", "''", "\"\"", "null", "<clear>", " . ", "\u0000", "\uD83D\uDE00"})
  void whatIsThereIsNotBlank(String cell) {
    assertThat(Cells.isBlank(cell)).isFalse();
  }

  @Test
  void accountIds() {
    assertThat(Cells.parseAccountId("12345678")).isEqualTo(12_345_678L);
    assertThat(Cells.parseAccountId(" 12345678.0 ")).isEqualTo(12_345_678L);
    assertThat(Cells.parseAccountId("9007199254740991")).isEqualTo(9_007_199_254_740_991L);
    assertThat(Cells.parseAccountId("")).isNull();
    assertThat(Cells.parseAccountId("id")).isNull();
  }

  @Test
  void shownOnOneLineWithinQuotes() {
    assertThat(Cells.shown("")).isEqualTo("\"\"");
    assertThat(Cells.shown("a \"b\"")).isEqualTo("\"a \"b\"\"");
    assertThat(Cells.shown("a\r\nb\tc")).isEqualTo("\"a\\r\\nb\\tc\"");
    assertThat(Cells.shown("\u0000\u001B[31m\u0085")).isEqualTo("\"\\u0000\\u001B[31m\\u0085\"");
  }

  @Test
  void shownWithWhatIsInvisibleAndWhatTurnsTextAround() {
    assertThat(Cells.shown("4\u200B0")).isEqualTo("\"4\\u200B0\"");
    assertThat(Cells.shown("\uFEFFa\u202Eb")).isEqualTo("\"\\uFEFFa\\u202Eb\"");
    assertThat(Cells.shown("ü \u4F60 \uD83D\uDE00")).isEqualTo("\"ü \u4F60 \uD83D\uDE00\"");
  }

  @Test
  void shownUpToSixtyCharacters() {
    assertThat(Cells.shown("x".repeat(60))).isEqualTo("\"" + "x".repeat(60) + "\"");
    assertThat(Cells.shown("x".repeat(61)))
        .isEqualTo("\"" + "x".repeat(60) + "… (61 characters)\"");
    assertThat(Cells.shown("x".repeat(1_000_000)))
        .isEqualTo("\"" + "x".repeat(60) + "… (1000000 characters)\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {29, 30, 31, 59, 60, 61, 119, 120, 121, 500})
  void pairsOfSurrogatesAreNeverCut(int length) {
    String shown = Cells.shown("\uD83D\uDE00".repeat(length));

    assertThat(shown.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
    assertThat(shown.codePoints().filter(c -> c == 0x1F600).count())
        .isEqualTo(Math.min(60, length));
  }

  @Test
  void halfAPairIsShownAsWell() {
    assertThat(Cells.shown("a\uD83D")).isEqualTo("\"a\\uD83D\"");
    assertThat(Cells.shown("\uDE00".repeat(100))).endsWith("… (100 characters)\"");
  }

  @Test
  void escapedIsOnOneLineAndNeverCut() {
    assertThat(Cells.escaped("")).isEmpty();
    assertThat(Cells.escaped("a\r\n\t\u00A0\"b\"")).isEqualTo("a\\r\\n\\t\\u00A0\"b\"");
    assertThat(Cells.escaped("x".repeat(1000))).isEqualTo("x".repeat(1000));
  }

  @Test
  void wholeNumbersFromALeastOneUp() {
    assertThat(Cells.parseWhole(" 0.0 ", 0)).isZero();
    assertThat(Cells.parseWhole("0", 1)).isNull();
    assertThat(Cells.parseWhole("-1", 0)).isNull();
    assertThat(Cells.parseWhole("4E1", 1)).isNull();
  }
}
