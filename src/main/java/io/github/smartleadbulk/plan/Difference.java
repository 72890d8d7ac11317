package io.github.smartleadbulk.plan;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.SettingValue;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The old and the new value of a setting, for one line on a terminal. Long texts are cut to the
 * place where they first differ. Invisible differences are spelled out as character codes.
 */
public record Difference(String before, String after) {

  /** A value up to this length is shown whole, a longer one cut to about this length. */
  private static final int SHOWN = 60;

  /** How many equal characters to show before and after the difference. */
  private static final int CONTEXT = 15;

  /** How many combining marks count as part of their letter. No script uses more. */
  private static final int MARKS = 8;

  /** Invisible marks: variation selectors and the grapheme joiner. */
  private static final Pattern UNSEEN_MARKS =
      Pattern.compile("[\\x{34F}\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");

  /**
   * Compares two values.
   *
   * @param before null if it is not known
   */
  public static Difference of(@Nullable SettingValue before, SettingValue after) {
    Place place = Place.of(text(before), text(after));
    return new Difference(before == null ? "(unknown)" : place.shown(before), place.shown(after));
  }

  /**
   * The change of a value on one line: both values, or for long texts what is removed and added, as
   * in "Best regards, [-Anna-]{+Bea+}".
   *
   * @param before null if it is not known
   */
  public static String line(@Nullable SettingValue before, SettingValue after) {
    Difference values = of(before, after);
    boolean areLong = text(before).length() > SHOWN || text(after).length() > SHOWN;
    // What looks the same has to be spelled out.
    boolean inOneText = areLong && !Place.of(text(before), text(after)).looksSame();
    return (inOneText ? TextDifference.find(text(before), text(after)) : Optional.<String>empty())
        .orElseGet(() -> values.before() + " → " + values.after());
  }

  private static String text(@Nullable SettingValue value) {
    return value instanceof SettingValue.Text text ? text.value() : "";
  }

  /**
   * Where two texts differ.
   *
   * @param first index of the first letter that differs, including its marks
   * @param sameAtEnd how many characters are equal at the end of the texts, after {@code first}
   * @param looksSame whether the letters look the same and differ only in their codes
   */
  private record Place(int first, int sameAtEnd, boolean looksSame) {

    static Place of(String one, String other) {
      if (one.equals(other)) {
        return new Place(0, 0, false);
      }
      int shorter = Math.min(one.length(), other.length());
      int same = 0;
      while (same < shorter && one.charAt(same) == other.charAt(same)) {
        same++;
      }
      int first = same;
      if (first > 0 && Character.isHighSurrogate(one.charAt(first - 1))) {
        first--;
      }
      for (int i = 0;
          i < MARKS && first > 0 && (hasMark(one, first) || hasMark(other, first));
          i++) {
        first -= Character.charCount(one.codePointBefore(first));
      }
      int sameAtEnd = 0;
      while (sameAtEnd < shorter - same
          && one.charAt(one.length() - 1 - sameAtEnd)
              == other.charAt(other.length() - 1 - sameAtEnd)) {
        sameAtEnd++;
      }
      return new Place(first, sameAtEnd, look(one, first).equals(look(other, first)));
    }

    String shown(SettingValue value) {
      if (value.toString().isEmpty()) {
        return "(empty)";
      }
      return value instanceof SettingValue.Text text ? quoted(text.value()) : value.toString();
    }

    private String quoted(String text) {
      if (text.length() <= SHOWN && escaped(text).length() <= SHOWN) {
        return "\"" + spelled(text, 0, text.length()) + "\"";
      }
      int start = start(text);
      int end = end(text, start);
      return (start > 0 ? "\"…" : "\"")
          + spelled(text, start, end)
          + (end < text.length() ? "…\" (" : "\" (")
          + text.length()
          + " characters)";
    }

    private int start(String text) {
      int start = first;
      int room = CONTEXT;
      while (start > 0) {
        int c = text.codePointBefore(start);
        room -= width(c);
        if (room < 0) {
          break;
        }
        start -= Character.charCount(c);
      }
      while (start > 0 && start < first && hasMark(text, start)) {
        start += Character.charCount(text.codePointAt(start));
      }
      return start;
    }

    private int end(String text, int start) {
      int room = SHOWN - escaped(text.substring(start, first)).length();
      int context = CONTEXT;
      int end = first;
      while (end < text.length()) {
        int c = text.codePointAt(end);
        room -= width(c);
        context -= end < text.length() - sameAtEnd ? 0 : width(c);
        if (room < 0 || context < 0) {
          break;
        }
        end += Character.charCount(c);
      }
      int whole = end;
      while (whole > first && hasMark(text, whole)) {
        whole -= Character.charCount(text.codePointBefore(whole));
      }
      return whole > first ? whole : end;
    }

    /** A part of the text, with codes for characters that would look the same in both texts. */
    private String spelled(String text, int start, int end) {
      if (!looksSame) {
        return escaped(text.substring(start, end));
      }
      int behind = Math.min(end, letterEnd(text, first));
      StringBuilder spelled = new StringBuilder(escaped(text.substring(start, first)));
      text.substring(first, behind)
          .codePoints()
          .forEach(
              c ->
                  spelled.append(
                      c < 0x80 ? escaped(Character.toString(c)) : String.format("\\u%04X", c)));
      return spelled.append(escaped(text.substring(behind, end))).toString();
    }
  }

  private static String look(String text, int index) {
    String letter = text.substring(index, letterEnd(text, index));
    return Normalizer.normalize(UNSEEN_MARKS.matcher(letter).replaceAll(""), Normalizer.Form.NFC);
  }

  /** The index after the letter at an index and its marks. */
  private static int letterEnd(String text, int index) {
    if (index == text.length()) {
      return index;
    }
    int end = index + Character.charCount(text.codePointAt(index));
    for (int i = 0; i < MARKS && hasMark(text, end); i++) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean hasMark(String text, int index) {
    if (index >= text.length()) {
      return false;
    }
    int type = Character.getType(text.codePointAt(index));
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static int width(int c) {
    return escaped(Character.toString(c)).length();
  }

  /** Escapes backslashes too, so that a line break differs from a backslash followed by n. */
  static String escaped(String text) {
    return Cells.escaped(text.replace("\\", "\\\\"));
  }
}
