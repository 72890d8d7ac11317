package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextDamageTest {

  @ParameterizedTest
  @CsvSource({
    "#N/A, ERROR",
    "' #N/A\u00A0', ERROR",
    "#n/a, ERROR",
    "#REF!, ERROR",
    "#NAME?, ERROR",
    "#DIV/0!, ERROR",
    "#VALUE!, ERROR",
    "#NULL!, ERROR",
    "#NUM!, ERROR",
    "#SPILL!, ERROR",
    "#ERROR!, ERROR",
    "########, ERROR",
    "Err:502, ERROR",
    "#NV, ERROR",
    "#WERT!, ERROR",
    "#BEZUG!, ERROR",
    "#NOM?, ERROR",
    "#VALEUR!, ERROR",
    "#¡VALOR!, ERROR",
    "#¿NOMBRE?, ERROR",
    "#N/D, ERROR",
    "#RIF!, ERROR",
    "#WAARDE!, ERROR",
    "#NÚM!, ERROR",
    "#ADR!, ERROR",
    "#ARG!, ERROR",
    "{{first_name}}, PLACEHOLDER",
    "<p>Hi {{ first_name }}</p>, PLACEHOLDER",
    "Zo\uFFFD, REPLACED",
    "Jane\uFEFF Roe, MARK",
    "\uFEFFJane, MARK",
    "O\u0092Hara, CONTROL",
    "'Jane\u001A', CONTROL",
    "Jane\u000BRoe, CONTROL",
    "'\u001B[31mJane', CONTROL",
    "Zo\u00C3\u00AB, WRONG_CHARSET",
    "O\u00E2\u20AC\u2122Hara, WRONG_CHARSET",
    "caf\u00C3\u00A9, WRONG_CHARSET",
    "\u00C3\u2030cole, WRONG_CHARSET",
    "\u00C3\u0153ber, WRONG_CHARSET",
    "\u00C5\u201Aukasz, WRONG_CHARSET",
    "A \u00E2\u20AC\u201C B, WRONG_CHARSET",
    "\u00E2\u20AC\u0153quoted, WRONG_CHARSET",
    "50 \u00E2\u201A\u00AC, WRONG_CHARSET",
    "Acme\u00E2\u201E\u00A2, WRONG_CHARSET",
    "Jane\u00C2\u00A0Roe, WRONG_CHARSET",
    "Acme \u00C2\u00AE, WRONG_CHARSET",
    "\u00F0\u0178\u02DC\u20AC, WRONG_CHARSET",
    "\u00D0\u0098\u00D0\u00B2\u00D0\u00B0\u00D0\u00BD, CONTROL",
    "\u00D0\u00A1\u00D0\u00BE\u00D0\u00BD\u00D1\u008F, CONTROL",
    "\u00D0\u00A1\u00D0\u00BE\u00D0\u00BD, WRONG_CHARSET",
    "Zo\u221A\u00B4, WRONG_CHARSET",
    "Caf\u221A\u00A9, WRONG_CHARSET",
    "O\u201A\u00C4\u00F4Hara, WRONG_CHARSET",
  })
  void damageIsCertain(String text, TextDamage damage) {
    assertThat(TextDamage.find(text))
        .isNotNull()
        .extracting(TextDamage.Found::damage)
        .isEqualTo(damage);
  }

  /** Good text in which bytes of other charsets would be letters of UTF-8. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Jane Roe",
        "Zoë O’Hara",
        "CAFÉ’S",
        "«\u00A0né\u00A0»",
        "„MENÜ“ und „Spaß“",
        "Fußball–Spaß…",
        "NESTLÉ® SANTÉ™",
        "É\u00A0: À\u00A0bientôt",
        "l’été, d’“été”",
        "IRMÃ” e “MAÇÃ”",
        "ŽIŽEK, ŠKODA, ÚŽASNÝ",
        "Łukasz Żółć",
        "Ångström, Ærø, Øresund",
        "Søren Åkesson",
        "İstanbul, Şişli, ÇAĞRI",
        "Иван Петров",
        "Ελληνικά",
        "你好",
        "😀 \uD83D\uDC68\u200D\uD83D\uDC69",
        "#1 team",
        "#hiring!",
        "#WEAREHIRING!",
        "a {b} c",
        "<style>@media x{a{color:red}}</style>",
        "Tab\tand\r\nbreaks",
        "C# / F#",
      })
  void goodTextIsLeftAlone(String text) {
    assertThat(TextDamage.find(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 19, 20, 21, 500})
  void excerptHasThePlaceAndSomeTextAroundIt(int before) {
    TextDamage.Found found =
        TextDamage.find("\uD83D\uDE00".repeat(before) + "\uFFFD" + "\uD83D\uDE00".repeat(before));

    assertThat(found).isNotNull();
    assertThat(found.excerpt()).contains("\uFFFD").hasSizeLessThan(50);
    assertThat(Cells.isWritable(found.excerpt())).isTrue();
  }
}
