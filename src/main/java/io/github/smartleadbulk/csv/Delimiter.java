package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;
import java.util.List;

/** The characters that can separate cells. */
public final class Delimiter {

  /** The delimiters to try, most likely first. */
  public static final List<Character> CANDIDATES = List.of(',', ';', '\t');

  private Delimiter() {}

  public static String shown(char delimiter) {
    return delimiter == '\t' ? "tab" : Cells.shown(String.valueOf(delimiter));
  }

  /** Whether a character can separate cells. */
  public static boolean isPossible(char c) {
    return c == '\t'
        || (c != '"' && !Character.isISOControl(c) && !Character.isLetterOrDigit(c) && c != '_');
  }
}
