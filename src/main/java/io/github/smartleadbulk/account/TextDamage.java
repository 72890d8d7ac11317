package io.github.smartleadbulk.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Certain damage to a text of any setting on its way into a cell. Nobody wants to send such a text
 * to a customer. If a text only looks damaged, that is a {@link TextDoubt}.
 */
public enum TextDamage {
  ERROR(
      "^" + Cells.BLANKS + "(?:" + SpreadsheetError.PATTERN + ")" + Cells.BLANKS + "$",
      "a spreadsheet error replaced the text: correct its formula, or leave the cell" + " blank"),
  PLACEHOLDER(
      "\\{\\{[^{}]{0,100}}}",
      "a placeholder was not replaced: put the value there, or use --set with a template"),
  REPLACED(
      "\uFFFD+",
      "letters were lost when the text was converted (U+FFFD): copy it from its source again"),
  MARK("\uFEFF", "the text contains a byte order mark (U+FEFF): delete it"),
  /** Tabs and line breaks count as text; half surrogate pairs and non-characters do not. */
  CONTROL(
      "[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\uFFFE\\uFFFF]",
      "the text contains a control character: delete it, or take the text from its source again"),
  WRONG_CHARSET(
      null,
      "the text is UTF-8 that was read in another encoding: open the source as UTF-8, or save it as"
          + " \"CSV UTF-8\"");

  private static final int CONTEXT = 20;

  private final @Nullable Pattern pattern;
  private final String mend;

  TextDamage(@Nullable String pattern, String mend) {
    this.pattern = pattern == null ? null : Pattern.compile(pattern);
    this.mend = mend;
  }

  /**
   * Damage in a text.
   *
   * @param excerpt the damaged place with some text around it
   */
  public record Found(TextDamage damage, String excerpt) {

    /** The cause and how to correct it. */
    public String mend() {
      return damage.mend;
    }
  }

  /** The first kind of damage in the text, or null if there is none. */
  public static @Nullable Found find(String text) {
    for (TextDamage damage : values()) {
      int[] place = damage.place(text);
      if (place != null) {
        return new Found(damage, excerpt(text, place[0], place[1]));
      }
    }
    return null;
  }

  private int @Nullable [] place(String text) {
    if (pattern == null) {
      return Mojibake.find(text);
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? new int[] {matcher.start(), matcher.end()} : null;
  }

  private static String excerpt(String text, int from, int to) {
    int start = Math.max(0, from - CONTEXT);
    int end = Math.min(text.length(), to + CONTEXT);
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
  }
}
