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

/** The line {@code sep=;} before the header, by which Excel is told the delimiter. */
public final class SeparatorLine {

  /** With what a spreadsheet makes of it when it saves: quotes, and delimiters behind. */
  private static final Pattern LINE =
      Pattern.compile("\"?(?i:sep)=(.)\"?(?:[,;\\s]|\\1)*", Pattern.DOTALL);

  private static final int LONGEST = 1_000;

  private SeparatorLine() {}

  /** The delimiter that the file's first line names; null where it is not such a line. */
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

  /** Whether a record, read with any delimiter, is such a line. */
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
