package io.github.smartleadbulk.account;

import org.jspecify.annotations.Nullable;

/** Rules for the cells of every column. */
public final class Cells {

  private static final int SHOWN = 60;

  /** A regular expression for what {@link #isBlank} accepts. */
  static final String BLANKS = "[\\s\\p{Z}\\x1C-\\x1F\\u180E\\u200B\\u2060\\uFEFF]*";

  private Cells() {}

  /**
   * Whether a cell leaves its setting alone because it is empty or only white space. White space
   * includes the invisible characters that spreadsheets and web pages leave behind (no-break and
   * zero-width spaces).
   */
  public static boolean isBlank(String cell) {
    return cell.codePoints().allMatch(Cells::isBlank);
  }

  /** Whether a character is white space as in {@link #isBlank(String)}. */
  public static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == 0x180E // Mongolian vowel separator, white space until Unicode 6.3
        || c == 0x200B // zero-width space
        || c == 0x2060 // word joiner
        || c == 0xFEFF; // byte order mark
  }

  /** The cell without white space around it. Every white-space character is a single char. */
  public static String stripped(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && isBlank(cell.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(cell.charAt(end - 1))) {
      end--;
    }
    return cell.substring(start, end);
  }

  /** Whether a CSV can hold the text and return it exactly. */
  public static boolean isWritable(String text) {
    return text.codePoints().noneMatch(c -> c == '\0' || isHalfPair(c));
  }

  /** Whether a char is half of a surrogate pair, which no encoding can write. */
  private static boolean isHalfPair(int c) {
    return Character.getType(c) == Character.SURROGATE;
  }

  /** The account id in a cell, or null if the cell does not hold one. */
  public static @Nullable Long parseAccountId(String cell) {
    return parseWhole(cell, 1);
  }

  /**
   * The whole number of at least {@code least} in a cell, or null if the cell does not hold one.
   */
  public static @Nullable Long parseWhole(String cell, long least) {
    SettingValue.Whole whole = CellType.whole(cell, least);
    return whole == null ? null : whole.value();
  }

  /**
   * The most likely cause of a cell that does not hold a whole number and how to correct it, to
   * append to what is expected; empty if no cause is known.
   */
  public static String numberHint(String cell) {
    return NumberSlip.hint(cell);
  }

  public static boolean isMailAddress(String cell) {
    return CellType.isMailAddress(cell);
  }

  /** A cell for a message: in quotes, on one line, cut if it is long. */
  public static String shown(String cell) {
    int end = cell.length() <= SHOWN ? cell.length() : cell.offsetByCodePoints(0, cut(cell));
    String rest = end < cell.length() ? "… (" + cell.length() + " characters)" : "";
    return "\"" + escaped(cell.substring(0, end)) + rest + "\"";
  }

  /**
   * A message for a terminal. Line breaks and tabs stay; other control characters and characters
   * that change the text direction are spelled out. The spelling is also valid inside a JSON
   * string.
   */
  public static String printable(String message) {
    StringBuilder printable = new StringBuilder(message.length());
    message
        .codePoints()
        .forEach(
            c -> {
              if (isObeyed(c)) {
                printable.append(String.format("\\u%04X", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }

  private static boolean isObeyed(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || isHalfPair(c)
        || c == 0x061C
        || (c >= 0x200E && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** A text on one line, with invisible characters spelled out. */
  public static String escaped(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> appendShown(shown, c));
    return shown.toString();
  }

  private static int cut(String cell) {
    return Math.min(SHOWN, cell.codePointCount(0, Math.min(cell.length(), 2 * SHOWN)));
  }

  private static void appendShown(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (Character.isISOControl(c)
            || Character.getType(c) == Character.FORMAT
            || isHalfPair(c)
            || (Character.isSpaceChar(c) && c != ' ')) {
          shown.append(String.format("\\u%04X", c));
        } else {
          shown.appendCodePoint(c);
        }
      }
    }
  }
}
