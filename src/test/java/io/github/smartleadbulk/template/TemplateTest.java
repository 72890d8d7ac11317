package io.github.smartleadbulk.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {

  private static final Map<String, String> ROW =
      Map.of(
          "first_name", "Ann",
          "Last Name", "O'Neil & <Sons>",
          "phone", " \u00A0",
          "_web-Site", "https://x.example/?a=1&b=2");

  private static Rendered render(String text) {
    return Template.of("t.html", text).render(ROW, Escaping.HTML);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{{first_name}}~Ann",
        "{{ First-Name }}~Ann",
        "{{FIRST\u00A0NAME}}~Ann",
        "{{last_name}}~O&#39;Neil &amp; &lt;Sons&gt;",
        "{{{last_name}}}~O'Neil & <Sons>",
        "{{{ last_name }}}~O'Neil & <Sons>",
        "{{&last_name}}~O'Neil & <Sons>",
        "{{& last_name }}~O'Neil & <Sons>",
        "{{_web_site}}~https://x.example/?a=1&amp;b=2",
        "{{first_name|there}}~Ann",
        "{{phone|there}}~there",
        "{{ phone | you there }}~you there",
        "{{nobody|a < b|c}}~a &lt; b|c",
        "{{{nobody|<b>x</b>}}}~<b>x</b>",
        "{{&nobody|<b>x</b>}}~<b>x</b>",
        "{{nobody|it's $1 \\ %s}}~it&#39;s $1 \\ %s",
        "[{{phone|}}]~[]",
        "{{#first_name}}Dear {{first_name}}{{/first_name}}~Dear Ann",
        "{{#First Name}}Dear {{first_name}}{{/First Name}}~Dear Ann",
        "[{{#phone}}Tel. {{phone}} {{nobody}}{{/phone}}]~[]",
        "{{^phone}}none{{/phone}}{{^first_name}}none{{/first_name}}~none",
        "{{#first_name}}{{#last_name}}{{first_name}}{{^phone}}!{{/phone}}{{/last_name}}{{/first_name}}~Ann!",
        "[{{! a note }}]~[]",
        "[{{! {{a note }}]~[]",
        "a { b } {c}} .x{y:z}}~a { b } {c}} .x{y:z}}",
        "$1 \\0 %s {~$1 \\0 %s {"
      })
  void fills(String template, String expected) {
    assertThat(render(template)).isEqualTo(new Rendered(expected, Set.of()));
  }

  @Test
  void escapesNothingWhereTheFieldIsNoHtml() {
    Template template = Template.of("t.txt", "{{last_name}} {{&last_name}} {{nobody|<>}}");

    assertThat(template.render(ROW, Escaping.NONE).text())
        .isEqualTo("O'Neil & <Sons> O'Neil & <Sons> <>");
  }

  @Test
  void tellsWhatIsMissing() {
    Rendered rendered =
        render("{{zip}} {{Phone}} {{first_name}} {{{city}}} {{&zip}} {{street|}} {{country|DE}}");

    assertThat(rendered.missing()).containsExactly("zip", "phone", "city");
    assertThat(rendered.text()).isEqualTo("  Ann    DE");
  }

  @Test
  void defaultHelpsOnlyWhereItStands() {
    assertThat(render("{{zip|0}} {{zip}}").missing()).containsExactly("zip");
  }

  @Test
  void missesInsideOfSectionsOnlyWhatIsRendered() {
    assertThat(render("{{#phone}}{{zip}}{{/phone}}").missing()).isEmpty();
    assertThat(render("{{#zip}}{{zip}}{{/zip}}").missing()).isEmpty();
    assertThat(render("{{^phone}}{{zip}}{{/phone}}").missing()).containsExactly("zip");
    assertThat(render("{{#first_name}}{{zip}}{{/first_name}}").missing()).containsExactly("zip");
  }

  @Test
  void knowsItsPlaceholders() {
    Template template =
        Template.of(
            "t",
            "{{! no }}{{ First-Name }}{{first_name|x}}{{#Phone}}{{{a}}}{{/Phone}}{{^b}}{{&c}}{{/b}}");

    assertThat(template.placeholders()).containsExactly("first_name", "phone", "a", "b", "c");
  }

  /**
   * The last three would be the engine's own, the others methods and fields of what it is given.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{class}}",
        "{{first_name.class}}",
        "{{first_name.length}}",
        "{{#first_name}}{{length}}{{/first_name}}",
        "{{#first_name}}{{toString}}{{hashCode}}{{/first_name}}",
        "{{size}}{{missing}}{{row}}{{placeholder}}",
        "{{row.missing}}",
        "{{index}}{{first}}{{last}}",
        "{{This}}"
      })
  void reachesNothingButTheRow(String template) {
    Rendered rendered = render(template);

    assertThat(rendered.text()).isEmpty();
    assertThat(rendered.missing()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{zip}}",
        "{{{{zip}}}}",
        "{{#zip}}x{{/zip}}",
        "{{>/etc/passwd}}",
        "{{=<% %>=}}",
        "{{",
        "}}",
        "{{!",
        "$1\\",
        "\r\n",
        "\u0000x"
      })
  void valuesAreNeverReadAsTemplates(String value) {
    Template template = Template.of("t", "a{{x}}b{{#x}}c{{{x}}}d{{/x}}");

    assertThat(template.render(Map.of("x", value, "zip", "1"), Escaping.NONE).text())
        .isEqualTo(value.isBlank() ? "ab" : "a" + value + "bc" + value + "d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "\n",
        "\r\n",
        "a\n\n",
        "a\r\n\r\n",
        "a\nb\r\nc\rd\te \u2028 f\n",
        "  indented\n    more\n\n\n  end",
        "\uFEFFä 你 \uD83D\uDE00"
      })
  void textGoesOutToTheLetterButForItsLastLineBreak(String text) {
    assertThat(render(text).text())
        .isEqualTo(text.endsWith("\n") ? text.replaceFirst("\r?\n\\z", "") : text);
  }

  @ParameterizedTest
  @CsvSource({
    "'{{first_name}}\\n\\n{{first_name}}\\n', 'Ann\\n\\nAnn'",
    "'\\n{{first_name}}\\n\\n', '\\nAnn\\n'",
    "'  {{first_name}}  \\r\\n  {{first_name}}\\r\\n', '  Ann  \\r\\n  Ann'",
    "'a\\n{{phone|}}\\nb', 'a\\n\\nb'",
    "'a {{#first_name}}b{{/first_name}}\\nc', 'a b\\nc'",
    "'{{#first_name}}b{{/first_name}}\\nc', 'b\\nc'",
    "'{{#phone}}b{{/phone}}\\nc', '\\nc'"
  })
  void linesWithPlaceholdersStay(String template, String expected) {
    assertThat(render(broken(template)).text()).isEqualTo(broken(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\\n{{#first_name}}\\nb\\n{{/first_name}}\\nc\\n', 'a\\nb\\nc'",
    "'a\\r\\n{{#first_name}}\\r\\nb\\r\\n{{/first_name}}\\r\\nc\\r\\n', 'a\\r\\nb\\r\\nc'",
    "'a\\n{{#phone}}\\nb\\n{{/phone}}\\nc\\n', 'a\\nc'",
    "'a\\n{{#phone}}\\nb\\n{{/phone}}\\n', 'a'",
    "'a\\n{{#first_name}}\\nb\\n{{/first_name}}\\n', 'a\\nb'",
    "'a\\n{{#first_name}}\\nb\\n{{/first_name}}', 'a\\nb\\n'",
    "'a\\n  {{! note }}\\nb', 'a\\nb'"
  })
  void linesOfSectionsAloneLeaveNothing(String template, String expected) {
    assertThat(render(broken(template)).text()).isEqualTo(broken(expected));
  }

  @Test
  void lineBreakAtTheEndOfAValueStays() {
    Template template = Template.of("t", "{{x}}");

    assertThat(template.render(Map.of("x", "a\n"), Escaping.HTML).text()).isEqualTo("a\n");
  }

  private static String broken(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a\\nb {{first_name~line 2: found \"{{first_name\", expected a }} that closes it",
        "{{! x~line 1: found \"{{! x\", expected a }} that closes it",
        "{{a {{b}}~line 1: found \"{{a {{b\", expected a }} that closes it, on the same line and before another {",
        "{{a\\n}}~line 1: found \"{{a\", expected a }} that closes it, on the same line and before another {",
        "{{{{a}}}}~line 1: found \"{{{{a\", expected a }} that closes it, on the same line and before another {",
        "{{a|{x}}}~line 1: found \"{{a|{x\", expected a }} that closes it, on the same line and before another {",
        "{{{a}} b~line 1: found \"{{{a}}\", expected three braces at both ends, or two",
        "\\n\\n{{#a}}\\n{{b}}~line 3: found \"{{#a}}\", expected {{/a}} further down",
        "{{^a}}{{#b}}{{/b}}~line 1: found \"{{^a}}\", expected {{/a}} further down",
        "{{a}}\\n{{/a}}~line 2: found \"{{/a}}\", expected {{#a}} before it",
        "{{#a}}\\n{{#b}}\\n{{/a}}{{/b}}~line 3: found \"{{/a}}\", expected {{/b}}, which closes the section of line 2",
        "{{#a|x}}{{/a}}~line 1: found \"{{#a|x}}\", expected only a name: a section has no default",
      })
  void refusesTagsThatDoNotFit(String template, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.of("sig.html", broken(template)))
        .withMessage("sig.html, " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ">other.html",
        "<parent",
        "$block",
        "=<% %>=",
        ".",
        "this",
        "#this",
        "-first",
        "-index",
        "-last",
        "a}b",
        "a=b",
        "a<b",
        "\"a\"",
        "|x",
        "&",
        "&#a",
        "#",
        "/",
        "*a",
        "a\u0000b"
      })
  void refusesWhatIsNoNameOfAColumn(String tag) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.of("sig.html", "x\n{{" + tag + "}}"))
        .withMessageStartingWith("sig.html, line 2: found \"{{" + tag.replace("\u0000", "\\u0000"))
        .withMessageContaining(", expected a column's name such as {{first_name}}");
  }

  @Test
  void sectionsMayBeManyAndLarge() {
    String row = "{{#first_name}}\n{{first_name}}\n{{/first_name}}\n";

    assertThat(render(row.repeat(5_000)).text()).isEqualTo("Ann\n".repeat(5_000).stripTrailing());
  }

  /** What our reading of the tags lets pass, the engine must read in the same way. */
  @Test
  void noTagIsLeftInAnyText() {
    String[] pieces = {
      "{", "}", "{{", "}}", "{{{", "}}}", "a", "b|", "|c", "#", "^", "/", "!", "&", ">", "=", " ",
      "\n", "\r\n", "{{a}}", "{{#a}}", "{{/a}}", "{{^a}}", "{{b|c}}", "{{! x", ".", "this", "-first"
    };
    Random random = new Random(7);
    int rendered = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Template template;
      try {
        template = Template.of("t", text.toString());
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("t, line ");
        continue;
      }
      rendered++;
      assertThat(template.render(Map.of("a", "1"), Escaping.HTML).text())
          .as(text.toString())
          .doesNotContain("{{");
    }
    assertThat(rendered).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{{x}} {{zip}}~zip",
        "{{#x}}{{zip}}{{/x}}~''",
        "{{^x}}{{zip}}{{/x}}~''",
        "{{#x}}{{zip}}{{/x}} or {{^x}}{{zip}} {{city}}{{/x}}~zip",
        "{{#x}}{{zip}}{{/x}}{{^y}}{{zip}}{{/y}}~''",
        "{{#x}}{{#y}}{{zip}}{{/y}}{{^y}}{{zip}}{{/y}}{{/x}}{{^x}}{{zip}}{{/x}}~zip",
        "{{#x}}{{#first_name}}{{zip}}{{/first_name}}{{/x}}{{^x}}{{^phone}}{{zip}}{{/phone}}{{/x}}~zip",
        "{{#phone}}{{zip}}{{/phone}}{{zip|}}{{x}}~''",
        "{{zip}}{{#x}}{{city}}{{/x}}~zip"
      })
  void tellsWhatIsMissingWhateverIsUnknown(String template, String expected) {
    Set<String> missing = Template.of("t.html", template).certainlyMissing(ROW, Set.of("x", "y"));

    assertThat(String.join(" ", missing)).isEqualTo(expected);
  }

  /** Against all values that there can be. */
  @Test
  void whatIsCertainlyMissingIsMissingInEveryCase() {
    Random random = new Random(15);
    Set<String> unknown = Set.of("x", "y", "z");
    int found = 0;
    for (int i = 0; i < 2_000; i++) {
      Template template = Template.of("t.html", anyText(random, 3));
      Set<String> certain = template.certainlyMissing(ROW, unknown);
      found += certain.size();
      for (int some = 0; some < 8; some++) {
        Map<String, String> values = new HashMap<>(ROW);
        for (int name = 0; name < 3; name++) {
          if ((some & 1 << name) != 0) {
            values.put("xyz".substring(name, name + 1), "some");
          }
        }
        assertThat(template.render(values, Escaping.NONE).missing()).containsAll(certain);
      }
    }
    assertThat(found).isPositive();
  }

  private static String anyText(Random random, int depth) {
    StringBuilder text = new StringBuilder();
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      String name = "xyz".substring(random.nextInt(3)).substring(0, 1);
      text.append(
          depth == 0 || random.nextInt(4) == 0
              ? random.nextBoolean() ? "{{zip}}" : "{{" + name + "}}"
              : "{{%s%s}}%s{{/%s}}"
                  .formatted(
                      random.nextBoolean() ? "#" : "^", name, anyText(random, depth - 1), name));
    }
    return text.toString();
  }
}
