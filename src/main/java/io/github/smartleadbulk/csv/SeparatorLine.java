package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The line {@code sep=;} before the header, which tells Excel the delimiter. */
public final class SeparatorLine {

  /** Accepts what a spreadsheet adds when it saves the line: quotes, and delimiters at the end. */
  private static final Pattern LINE =
      Pattern.compile("\"?(?i:sep)=(.)\"?(?:[,;\\s]|\\1)*", Pattern.DOTALL);

  private static final int LONGEST = 1_000;

  private SeparatorLine() {}

  /** The delimiter that the first line of the file names; null if it is not such a line. */
  public static @Nullable Character delimiter(CsvSource source) throws IOException {
    StringBuilder line = new StringBuilder();
    try (Reader text = source.openText()) {
      int c = text.read();
      while (c >= 0 && !CellScanner.isLineBreak(c) && line.length() < LONGEST) {
        line.append((char) c);
        c = text.read();
      }
    } catch (CharacterCodingException e) {
      return null;
    }
    Matcher matcher = LINE.matcher(line);
    return matcher.matches() && Delimiter.isPossible(matcher.group(1).charAt(0))
        ? matcher.group(1).charAt(0)
        : null;
  }

  /** Whether a record is such a line, whatever delimiter it was read with. */
  static boolean is(String[] cells) {
    String first = Cells.stripped(cells[0]).toLowerCase(Locale.ROOT);
    return first.startsWith("sep=")
        && first.length() <= "sep=;".length()
        && Arrays.stream(cells).skip(1).allMatch(SeparatorLine::isNothing);
  }

  private static boolean isNothing(String cell) {
    return cell.chars().allMatch(c -> ",;|\"".indexOf(c) >= 0 || Cells.isBlank(c));
  }
}
