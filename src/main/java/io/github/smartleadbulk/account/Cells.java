package io.github.smartleadbulk.account;

import java.nio.charset.StandardCharsets;
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
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
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
    StringBuilder shown = new StringBuilder("\"");
    int end = cell.length() <= SHOWN ? cell.length() : cell.offsetByCodePoints(0, cut(cell));
    cell.codePoints().limit(cell.codePointCount(0, end)).forEach(c -> appendShown(shown, c));
    if (end < cell.length()) {
      shown.append("… (").append(cell.length()).append(" characters)");
    }
    return shown.append('"').toString();
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
            || (Character.isSpaceChar(c) && c != ' ')) {
          shown.append(String.format("\\u%04X", c));
        } else {
          shown.appendCodePoint(c);
        }
      }
    }
  }
}
