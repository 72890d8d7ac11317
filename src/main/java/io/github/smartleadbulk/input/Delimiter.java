package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import java.util.List;

/** The characters that stand between cells. */
final class Delimiter {

  /** Those that are looked for, the likeliest first. */
  static final List<Character> CANDIDATES = List.of(',', ';', '\t');

  private Delimiter() {}

  static String shown(char delimiter) {
    return delimiter == '\t' ? "tab" : Cells.shown(String.valueOf(delimiter));
  }
}
