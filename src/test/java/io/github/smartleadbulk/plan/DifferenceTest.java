package io.github.smartleadbulk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.SettingValue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DifferenceTest {

  private static final String HTML =
      "<p>Best regards,<br>\n<b>Anna Adler</b><br>\nHead of Something, Example Company</p>";

  private static final String GRIN = "\uD83D\uDE00";
  private static final String GRIN_WITH_OTHER_END = "\uD83D\uDE01";

  private static Difference of(String before, String after) {
    return Difference.of(new SettingValue.Text(before), new SettingValue.Text(after));
  }

  private static void assertShown(String before, String after, String shown, String otherShown) {
    assertThat(of(before, after)).isEqualTo(new Difference(shown, otherShown));
    assertThat(of(after, before)).isEqualTo(new Difference(otherShown, shown));
  }

  @Test
  void shortValuesAreWhole() {
    assertThat(Difference.of(new SettingValue.Whole(30), new SettingValue.Whole(40)))
        .isEqualTo(new Difference("30", "40"));
    assertThat(Difference.of(new SettingValue.Flag(false), new SettingValue.Flag(true)))
        .isEqualTo(new Difference("false", "true"));
    assertThat(Difference.of(null, new SettingValue.Whole(40)))
        .isEqualTo(new Difference("(unknown)", "40"));
    assertThat(Difference.of(new SettingValue.Whole(7), new SettingValue.None()))
        .isEqualTo(new Difference("7", "(empty)"));
    assertShown("", "(empty)", "(empty)", "\"(empty)\"");
    assertShown("Ann", "Anna \"A\"", "\"Ann\"", "\"Anna \"A\"\"");
    assertShown("x".repeat(60), "x", "\"" + "x".repeat(60) + "\"", "\"x\"");
  }

  @Test
  void oneLineWithWhatIsInvisibleSpelledOut() {
    assertShown("a\r\nb", "a\nb", "\"a\\r\\nb\"", "\"a\\nb\"");
    assertShown("a b", "a\u00A0b", "\"a b\"", "\"a\\u00A0b\"");
    assertShown("ab", "a\u200Bb", "\"ab\"", "\"a\\u200Bb\"");
    assertShown("Ann", "Ann ", "\"Ann\"", "\"Ann \"");
    assertShown("a\u001B[31m", "a\u202E", "\"a\\u001B[31m\"", "\"a\\u202E\"");
    assertShown("a\uD800", "a\uD801", "\"a\\uD800\"", "\"a\\uD801\"");
  }

  @Test
  void backslashIsNoEscape() {
    assertShown("a\nb", "a\\nb", "\"a\\nb\"", "\"a\\\\nb\"");
  }

  @Test
  void lettersThatLookTheSameAreShownAsCodes() {
    assertShown("Ren\u00E9", "Rene\u0301", "\"Ren\\u00E9\"", "\"Rene\\u0301\"");
    assertShown("\u2764 Ann", "\u2764\uFE0F Ann", "\"\\u2764 Ann\"", "\"\\u2764\\uFE0F Ann\"");
    assertShown("\u212B", "\u00C5", "\"\\u212B\"", "\"\\u00C5\"");
    assertShown("a", "a\uDB40\uDD00", "\"a\"", "\"a\\uE0100\"");
    assertShown("\n", "\n\uFE0F", "\"\\n\"", "\"\\n\\uFE0F\"");
    assertShown("\uFE0F", "", "\"\\uFE0F\"", "(empty)");
  }

  @Test
  void lettersThatLookDifferentStayLetters() {
    assertShown("Rene", "Ren\u00E9", "\"Rene\"", "\"Ren\u00E9\"");
    assertShown("Rene", "Rene\u0301", "\"Rene\"", "\"Rene\u0301\"");
    assertShown(GRIN, GRIN_WITH_OTHER_END, "\"" + GRIN + "\"", "\"" + GRIN_WITH_OTHER_END + "\"");
  }

  @Test
  void longTextsAreCutToTheDifference() {
    assertShown(
        HTML,
        HTML.replace("Anna", "Berta"),
        "\"…gards,<br>\\n<b>Anna Adler</b><br>…\" (81 characters)",
        "\"…gards,<br>\\n<b>Berta Adler</b><br>…\" (82 characters)");
  }

  @Test
  void differenceAtAnEnd() {
    String same = "x".repeat(100);
    assertShown(
        same,
        "A" + same,
        "\"xxxxxxxxxxxxxxx…\" (100 characters)",
        "\"Axxxxxxxxxxxxxxx…\" (101 characters)");
    assertShown(
        same + "y",
        same + "yA",
        "\"…xxxxxxxxxxxxxxy\" (101 characters)",
        "\"…xxxxxxxxxxxxxxyA\" (102 characters)");
  }

  @Test
  void longDifferenceIsCutBehindItsBeginning() {
    String context = "\"…" + "-".repeat(15);
    assertShown(
        "-".repeat(50) + "a".repeat(500),
        "-".repeat(50) + "b".repeat(600),
        context + "a".repeat(45) + "…\" (550 characters)",
        context + "b".repeat(45) + "…\" (650 characters)");
  }

  @Test
  void severalDifferencesShowTheFirst() {
    String before = "-".repeat(50) + "A" + "-".repeat(200) + "B";
    assertShown(
        before,
        before.replace('A', 'C').replace('B', 'D'),
        "\"…" + "-".repeat(15) + "A" + "-".repeat(44) + "…\" (252 characters)",
        "\"…" + "-".repeat(15) + "C" + "-".repeat(44) + "…\" (252 characters)");
  }

  @Test
  void shortTextBesideALongOneIsWhole() {
    assertShown(
        "Best",
        "Best " + "x".repeat(200),
        "\"Best\"",
        "\"Best " + "x".repeat(55) + "…\" (205 characters)");
  }

  @Test
  void longTextBesideNoneAndUnknownShowsItsBeginning() {
    SettingValue text = new SettingValue.Text("x".repeat(61));
    String shown = "\"" + "x".repeat(60) + "…\" (61 characters)";
    assertThat(Difference.of(null, text)).isEqualTo(new Difference("(unknown)", shown));
    assertThat(Difference.of(new SettingValue.None(), text))
        .isEqualTo(new Difference("(empty)", shown));
    assertThat(Difference.of(text, text)).isEqualTo(new Difference(shown, shown));
  }

  @Test
  void invisibleDifferenceInALongTextIsVisible() {
    assertShown(
        HTML,
        HTML.replace("\n<b>", "\r\n<b>"),
        "\"…st regards,<br>\\n<b>Anna Adler…\" (81 characters)",
        "\"…st regards,<br>\\r\\n<b>Anna Adler…\" (82 characters)");
  }

  /** Sixty characters that take six each are no short text. */
  @Test
  void escapesCountAsTheyAreShown() {
    String blanks = "\u00A0".repeat(50);
    assertShown(
        blanks + "a",
        blanks + "b",
        "\"…\\u00A0\\u00A0a\" (51 characters)",
        "\"…\\u00A0\\u00A0b\" (51 characters)");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "10", "31", "59", "60", "61", "100"})
  void pairsOfSurrogatesAreNeverCut(int place) {
    String before = GRIN.repeat(100) + "end";
    String after =
        GRIN.repeat(place) + GRIN_WITH_OTHER_END + GRIN.repeat(Math.max(0, 99 - place)) + "end";
    assertThat(of(before, after).before()).contains(GRIN).doesNotContain("\\u");
    assertThat(of(before, after).after()).contains(GRIN_WITH_OTHER_END).doesNotContain("\\u");
  }

  @Test
  void marksStayWithTheirLetters() {
    String letters = "e\u0301".repeat(100);
    Difference difference = of(letters + "a" + letters, letters + "b" + letters);
    assertThat(difference.before()).startsWith("\"…e\u0301").contains("\u0301ae\u0301");
    assertThat(difference.after()).startsWith("\"…e\u0301").endsWith("\u0301…\" (401 characters)");
  }

  /** Texts of few letters, so that all cuts happen: one line, bounded, and never the same. */
  @Test
  void anyTwoTextsAreShownApart() {
    String[] letters = {
      "a", "b", " ", "\n", "\\", "n", "\u0301", "\uFE0F", "\uD83D", "\uDE00", GRIN
    };
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder one = new StringBuilder();
      StringBuilder other = new StringBuilder();
      for (int j = random.nextInt(150); j > 0; j--) {
        String letter = letters[random.nextInt(letters.length)];
        one.append(letter);
        other.append(random.nextInt(50) == 0 ? letters[random.nextInt(letters.length)] : letter);
      }
      Difference difference = of(one.toString(), other.toString());
      if (one.compareTo(other) != 0) {
        assertThat(difference.before()).isNotEqualTo(difference.after());
      }
      assertThat(difference.before()).hasSizeLessThan(150).doesNotContain("\n");
    }
  }

  @Test
  @Timeout(30)
  void hugeTextsAreLookedThroughOnce() {
    String same = "<b>\u00E4 e\u0301</b>\n".repeat(100_000);
    assertThat(of(same + "A" + same, same + "B" + same).after()).contains("B");
    String marks = "\u0301".repeat(1_000_000);
    assertThat(of(marks + "A", marks + "B").after()).contains("B");
    assertThat(of("a" + marks, "b" + marks).after()).startsWith("\"b");
  }

  private static String line(String before, String after) {
    return Difference.line(new SettingValue.Text(before), new SettingValue.Text(after));
  }

  @Test
  void shortValuesAreOnALineWithAnArrow() {
    assertThat(Difference.line(new SettingValue.Whole(30), new SettingValue.Whole(40)))
        .isEqualTo("30 → 40");
    assertThat(line("Ann", "Anna")).isEqualTo("\"Ann\" → \"Anna\"");
    assertThat(Difference.line(null, new SettingValue.Text(HTML)))
        .startsWith("(unknown) → \"<p>Best regards,");
    assertThat(line(HTML, "")).startsWith("\"<p>Best regards,").endsWith(" → (empty)");
  }

  @Test
  void longTextsShowWhatIsRemovedAndAddedInEachPlace() {
    assertThat(line(HTML, HTML.replace("Anna", "Berta")))
        .isEqualTo(
            "\"…gards,<br>\\n<b>[-Anna-]{+Berta+} Adler</b><br>…\" (%d → %d characters)"
                .formatted(HTML.length(), HTML.length() + 1));
    assertThat(line(HTML, HTML.replace("Anna", "Berta").replace("Company", "Company, Ltd.")))
        .isEqualTo(
            "\"…gards,<br>\\n<b>[-Anna-]{+Berta+} Adler</b><br>…Example Company{+, Ltd.+}</p>\" (%d → %d characters)"
                .formatted(HTML.length(), HTML.length() + 7));
    assertThat(line(HTML, HTML.replace(" Adler", "")))
        .isEqualTo(
            "\"…s,<br>\\n<b>Anna[- Adler-]</b><br>\\nHead …\" (%d → %d characters)"
                .formatted(HTML.length(), HTML.length() - 6));
  }

  @Test
  void manyPlacesAreCountedAndLongOnesCut() {
    String before = "Lorem ipsum dolor sit amet consetetur. ".repeat(6);
    assertThat(line(before, before.replace("dolor", "pain")))
        .contains("[-dolor-]{+pain+}")
        .contains("(3 more places, ")
        .hasSizeLessThan(250);
    assertThat(line(before + "x", before + "y".repeat(50) + " x"))
        .contains("{+" + "y".repeat(40) + "…+}");
  }

  @Test
  void textsWithLittleInCommonAreShownWithAnArrow() {
    assertThat(line("a ".repeat(50), "b ".repeat(50))).contains(" → ").doesNotContain("[-");
    assertThat(line("x".repeat(5_000_00), "y " + "z ".repeat(5_000))).contains(" → ");
    assertThat(line("a b ".repeat(9_000), "c d ".repeat(9_000))).contains(" → ");
  }

  @Test
  void longTextsThatLookTheSameAreShownAsCodes() {
    assertThat(line(HTML + "Ren\u00E9", HTML + "Rene\u0301")).contains("\\u00E9").contains(" → ");
  }

  /** Whatever the texts are: one line, short, with both lengths or an arrow. */
  @Test
  void anyTextsGiveOneShortLine() {
    Random random = new Random(7);
    String[] parts = {
      "<b>", "Anna", " ", "\n", GRIN, "e\u0301", "\u200B", "\"", "[-", "+}", "x".repeat(30)
    };
    for (int i = 0; i < 2_000; i++) {
      StringBuilder before = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        before.append(parts[random.nextInt(parts.length)]);
      }
      StringBuilder after = new StringBuilder(before);
      for (int j = 0; j < random.nextInt(5); j++) {
        after.insert(random.nextInt(after.length()), parts[random.nextInt(parts.length)]);
        after.delete(0, random.nextInt(3));
      }
      assertThat(line(before.toString(), after.toString()))
          .doesNotContain("\n")
          .contains(" → ")
          .hasSizeLessThan(700);
    }
  }
}
