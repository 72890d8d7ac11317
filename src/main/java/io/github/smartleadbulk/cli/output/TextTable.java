package io.github.smartleadbulk.cli.output;

import java.io.PrintStream;
import java.util.List;

/** A table on a terminal. Every column is as wide as its widest cell. */
public final class TextTable {

  private TextTable() {}

  /**
   * Prints lines of the same number of cells.
   *
   * @param numbers the column whose cells are right-aligned; -1 for none
   */
  public static void print(PrintStream out, List<List<String>> lines, int numbers) {
    int last = lines.get(0).size() - 1;
    int[] widths = new int[last];
    for (List<String> line : lines) {
      for (int i = 0; i < last; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    StringBuilder page = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < last; i++) {
        String cell = line.get(i);
        String blanks = " ".repeat(widths[i] - length(cell));
        text.append(i == numbers ? blanks + cell : cell + blanks).append("  ");
      }
      text.append(line.get(last));
      page.append(text.toString().stripTrailing()).append(System.lineSeparator());
    }
    out.print(page);
    out.flush();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
