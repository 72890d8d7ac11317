package io.github.smartleadbulk.account;

import org.jspecify.annotations.Nullable;

/** What holds for the cells of every column. */
public final class Cells {

  private static final int SHOWN = 60;

  private Cells() {}

  /**
   * Whether a cell leaves its setting alone: empty or nothing but white space, the invisible kinds
   * that spreadsheets and web pages leave behind (no-break and zero-width spaces) included.
   */
  public static boolean isBlank(String cell) {
    return cell.codePoints().allMatch(Cells::isBlank);
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == 0x200B // zero-width space
        || c == 0xFEFF; // byte order mark
  }

  /** The cell without what is blank around it. All blanks are single chars. */
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

  /** Whether a CSV can hold the text and give it back to the letter. */
  public static boolean isWritable(String text) {
    return text.codePoints().noneMatch(c -> c == '\0' || isHalfPair(c));
  }

  /** Half of a surrogate pair: no encoding can spell it. */
  private static boolean isHalfPair(int c) {
    return Character.getType(c) == Character.SURROGATE;
  }

  /** The account id in a cell, or null where the cell holds none. */
  public static @Nullable Long parseAccountId(String cell) {
    return parseWhole(cell, 1);
  }

  /** The whole number of at least {@code least} in a cell, or null where the cell holds none. */
  public static @Nullable Long parseWhole(String cell, long least) {
    SettingValue.Whole whole = CellType.whole(cell, least);
    return whole == null ? null : whole.value();
  }

  public static boolean isMailAddress(String cell) {
    return CellType.isMailAddress(cell);
  }

  /** A cell for a message: in quotes, on one line, long ones cut. */
  public static String shown(String cell) {
    int end = cell.length() <= SHOWN ? cell.length() : cell.offsetByCodePoints(0, cut(cell));
    String rest = end < cell.length() ? "… (" + cell.length() + " characters)" : "";
    return "\"" + escaped(cell.substring(0, end)) + rest + "\"";
  }

  /** A text for people: on one line, with what nobody can see in it spelled out. */
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
