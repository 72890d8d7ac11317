package io.github.smartleadbulk.account;

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

  @Override
  public String toString() {
    return column.isEmpty() ? sentence : column + ": " + sentence;
  }
}
