package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextDoubtTest {

  private static final List<AccountField> TEXTS =
      List.of(AccountField.FROM_NAME, AccountField.SIGNATURE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NULL",
        "null",
        " nan ",
        "NaN",
        "None",
        "\\N",
        "undefined",
        "TRUE",
        "FALSE",
        "N/A",
        "wahr",
        "FAŁSZ",
        "[object Object]",
        "(null)",
        "nil",
        "Infinity"
      })
  void aProgramsWordsForNothingInNamesAndSignaturesAlike(String text) {
    for (AccountField field : TEXTS) {
      assertThat(TextDoubt.find(field, text))
          .containsExactly(
              "found " + Cells.shown(Cells.stripped(text)) + ", expected a value, or a blank cell");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=A1&\" \"&B1 | found \"=A1&\" \"&B1\", expected the result of the formula: save the values, not the formulas",
        "=HYPERLINK(\"x\") | found \"=HYPERLINK(\"x\")\", expected the result of the formula: save the values, not the formulas",
        "@SUM(A1) | found \"@SUM(A1)\", expected the result of the formula: save the values, not the formulas",
        "Hi_x000D_ | found \"_x000D_\", expected the character itself instead of its code in a workbook",
        "Jane #REF! Roe | found \"#REF!\", expected a value instead of a spreadsheet's error",
        "#TEAM! | found \"#TEAM!\", expected a value instead of a spreadsheet's error",
        "{first_name} | found \"{first_name}\", expected the value instead of a placeholder",
        "%FIRSTNAME% | found \"%FIRSTNAME%\", expected the value instead of a placeholder",
        "[First Name] | found \"[First Name]\", expected the value instead of a placeholder",
        "<<First Name>> | found \"<<First Name>>\", expected the value instead of a placeholder",
      })
  void whatIsLikelyDamagedInAnyText(String text, String warning) {
    for (AccountField field : TEXTS) {
      assertThat(TextDoubt.find(field, text)).containsExactly(warning);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u200BJane", "Jane\u200B", "\u202AJane\u202C ", " \u200EJane", "Jane\u00AD"})
  void whatCannotBeSeenAtTheEdges(String text) {
    assertThat(TextDoubt.find(AccountField.FROM_NAME, text))
        .singleElement()
        .asString()
        .endsWith("expected no invisible character at the beginning or the end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Jane\" | found \"\"Jane\"\", expected the name without quotes around it",
        "“Jane” | found \"“Jane”\", expected the name without quotes around it",
        "«Jane» | found \"«Jane»\", expected the name without quotes around it",
        "<b>Jane</b> | found \"<b>\", expected a name without HTML",
        "Jane &amp; Joe | found \"&amp;\", expected a name without HTML",
      })
  void whatDoesNotBelongInAName(String name, String warning) {
    assertThat(TextDoubt.find(AccountField.FROM_NAME, name)).containsExactly(warning);
    assertThat(TextDoubt.find(AccountField.SIGNATURE, name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jane Roe",
        " Ann ",
        "Jane \"JJ\" Roe",
        "O'Hara",
        "Nancy",
        "True North",
        "-- \nJane",
        "@jane on X (daily)",
        "=== Jane ===",
        "+49 30 1234 (office)",
        "A & B",
        "Jane\u200D\u2642",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
      })
  void goodTextIsLeftAlone(String text) {
    for (AccountField field : TEXTS) {
      assertThat(TextDoubt.find(field, text)).isEmpty();
    }
  }

  @Test
  void largeTextsTakeNoTime() {
    for (String piece : List.of("\u200B", "_x", "<", "&", "\"", "%", "=A", "#", "[", "{{", " ")) {
      Assertions.assertTimeout(
          Duration.ofSeconds(5),
          () -> {
            TextDoubt.find(AccountField.FROM_NAME, piece.repeat(100_000) + "x");
            TextDamage.find(piece.repeat(100_000) + "x");
          });
    }
  }
}
