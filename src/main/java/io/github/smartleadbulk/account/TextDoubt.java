package io.github.smartleadbulk.account;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs of damage in a text that may also be intended. They cause a warning. Certain damage is a
 * {@link TextDamage}.
 */
public enum TextDoubt {
  NO_VALUE("^(?:" + MissingValue.PATTERN + ")$", "a value, or a blank cell"),
  ERROR("^(?:" + SpreadsheetError.LIKELY + ")$", "a value instead of a spreadsheet's error"),
  FORMULA(
      "^(?:=[\\p{L}\\p{N}\"'(+@$\\[{#-].*|[+@-]\\p{L}[\\p{L}\\p{N}.]*\\(.*)$",
      "the result of the formula: save the values, not the formulas"),
  FOREIGN_PLACEHOLDER(
      "^(?:\\{[^{}]{1,60}}|\\$\\{[^{}]{1,60}}|\\[\\[?[^\\[\\]]{1,60}]]?|<<[^<>]{1,60}>>|%%?\\w{1,60}%%?"
          + "|\\*\\|[^|]{1,60}\\|\\*)$",
      "the value instead of a placeholder"),
  ERROR_WITHIN(SpreadsheetError.WITHIN, "a value instead of a spreadsheet's error"),
  /** Invisible characters, except the tags that end some flag emoji and belong to them. */
  INVISIBLE_EDGE(
      "\\A[\\p{Z}\\s]*+[\\p{Cf}&&[^\\uFEFF]]|[\\p{Cf}&&[^\\uFEFF\\x{E0000}-\\x{E007F}]][\\p{Z}\\s]{0,50}\\z",
      "no invisible character at the beginning or the end"),
  ESCAPED_BREAK("_x[0-9A-Fa-f]{4}_", "the character itself instead of its code in a workbook"),
  QUOTED(
      "^(?:\".*\"|'.*'|“.*”|„.*[“”]|‘.*’|«.*»|`.*`)$", "the name without quotes around it", true),
  MARKUP(
      "</?[a-zA-Z][^<>]{0,200}>|&(?:[a-zA-Z]{2,10}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});",
      "a name without HTML",
      true);

  private final Pattern pattern;
  private final String expected;

  private final boolean onlyOfNames;

  TextDoubt(String pattern, String expected) {
    this(pattern, expected, false);
  }

  TextDoubt(String pattern, String expected, boolean onlyOfNames) {
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    this.expected = expected;
    this.onlyOfNames = onlyOfNames;
  }

  /**
   * The warnings about a text, each with what was found and what is expected. If a sign covers the
   * text as a whole, its parts are not checked.
   */
  public static List<String> find(AccountField field, String text) {
    List<String> found = new ArrayList<>();
    for (TextDoubt doubt : values()) {
      if (!doubt.onlyOfNames || field.isName()) {
        found.addAll(doubt.in(text));
      }
      if (doubt.isOfWhole() && !found.isEmpty()) {
        return found;
      }
    }
    return found;
  }

  private boolean isOfWhole() {
    return this == NO_VALUE || this == ERROR || this == FORMULA || this == FOREIGN_PLACEHOLDER;
  }

  private List<String> in(String text) {
    Matcher matcher = pattern.matcher(this == INVISIBLE_EDGE ? text : Cells.stripped(text));
    return matcher.find()
        ? List.of("found " + Cells.shown(matcher.group()) + ", expected " + expected)
        : List.of();
  }
}
