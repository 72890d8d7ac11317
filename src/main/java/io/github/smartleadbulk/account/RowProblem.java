package io.github.smartleadbulk.account;

import java.util.List;

/**
 * One thing that is wrong with a row of the input.
 *
 * @param column the column's name as the file spells it; empty where the row as a whole is meant
 * @param found what stands there, ready to be shown
 * @param expected what should stand there
 * @param sentence says both
 */
public record RowProblem(String column, String found, String expected, String sentence) {

  public RowProblem(String column, String found, String expected) {
    this(column, found, expected, "found " + found + ", expected " + expected);
  }

  /** What problems have in common that differ in what was found only. */
  public String kind() {
    return isUsual() ? expected : sentence;
  }

  /**
   * The problem as one of many.
   *
   * @param all what was found, each once
   * @param shown how much of it is told
   */
  public String ofMany(List<String> all, int shown) {
    if (!isUsual()) {
      return toString();
    }
    String some = String.join(", ", all.subList(0, Math.min(shown, all.size())));
    String others = all.size() > shown ? " and others" : "";
    return new RowProblem(column, some + others, expected).toString();
  }

  private boolean isUsual() {
    return sentence.endsWith("found " + found + ", expected " + expected);
  }

  @Override
  public String toString() {
    return column.isEmpty() ? sentence : column + ": " + sentence;
  }
}
