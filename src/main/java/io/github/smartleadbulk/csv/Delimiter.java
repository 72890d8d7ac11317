package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.Cells;
import java.util.List;

/** The characters that stand between cells. */
public final class Delimiter {

  /** Those that are looked for, the likeliest first. */
  public static final List<Character> CANDIDATES = List.of(',', ';', '\t');

  private Delimiter() {}

  public static String shown(char delimiter) {
    return delimiter == '\t' ? "tab" : Cells.shown(String.valueOf(delimiter));
  }

  /** Whether cells can be told apart by it. */
  public static boolean isPossible(char c) {
    return c == '\t'
        || (c != '"' && !Character.isISOControl(c) && !Character.isLetterOrDigit(c) && c != '_');
  }
}
