package io.github.smartleadbulk.account;

import java.util.List;

/**
 * One problem of a row of the input.
 *
 * @param column the name of the column as the file spells it; empty if the problem concerns the
 *     whole row
 * @param found what was found, ready to show
 * @param expected what is expected
 * @param sentence a sentence with both
 */
public record RowProblem(String column, String found, String expected, String sentence) {

  public RowProblem(String column, String found, String expected) {
    this(column, found, expected, "found " + found + ", expected " + expected);
  }

  /** The kind of the problem. Problems of the same kind differ only in what was found. */
  public String kind() {
    return isUsual() ? expected : sentence;
  }

  /**
   * The sentence for many problems of the same kind.
   *
   * @param all everything that was found, without repetitions
   * @param shown how many of them to show
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
