package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * The names and meanings of a file's columns.
 *
 * @param line the line where the header starts
 * @param names the names as the file spells them
 * @param columns the meanings; one for each name
 */
public record Header(long line, List<String> names, List<Column> columns) {

  public Header {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
  }

  public int size() {
    return columns.size();
  }

  /** The index of a column, from 0, or -1 if the file does not have it. */
  public int indexOf(Column column) {
    return columns.indexOf(column);
  }

  /** Whether the file has a column. */
  public boolean has(Column column) {
    return columns.contains(column);
  }

  /** The name of a column for messages, as the file spells it but without blanks around it. */
  public String nameOf(int index) {
    String name = Cells.escaped(Cells.stripped(names.get(index)));
    return name.isEmpty() ? "column " + (index + 1) : name;
  }

  /** The name that the file gives to a column. The file must have the column. */
  String nameOf(Column column) {
    return nameOf(indexOf(column));
  }

  /** Whether the file has ignored columns, whose cells are not kept. */
  public boolean hasPassedOver() {
    return columns.stream().anyMatch(Column.PassedOver.class::isInstance);
  }

  /**
   * Which cells of a row belong to ignored columns. If a row has more cells than the header, an
   * extra delimiter has shifted the cells after it by an unknown number of columns.
   *
   * @param cells the number of cells in the row
   */
  BitSet passedOver(int cells) {
    int moved = Math.max(0, cells - size());
    BitSet passed = new BitSet();
    for (int i = 0; i < size(); i++) {
      if (columns.get(i) instanceof Column.PassedOver) {
        passed.set(i, i + moved + 1);
      }
    }
    return passed;
  }

  /**
   * Fits the cells of a row to the header. Missing cells at the end become blank, and extra blank
   * cells are dropped. If an extra cell is not blank, all cells stay. A cell that is not kept
   * becomes blank or, if it is an extra cell, an asterisk: a blank extra cell would be dropped, and
   * the row would look whole.
   */
  List<String> fitted(List<String> cells) {
    int last = cells.size();
    while (last > size() && Cells.isBlank(cells.get(last - 1))) {
      last--;
    }
    List<String> fitted = new ArrayList<>(cells.subList(0, last));
    fitted.addAll(Collections.nCopies(Math.max(0, size() - last), ""));
    passedOver(last).stream()
        .filter(i -> i < fitted.size() && !Cells.isBlank(fitted.get(i)))
        .forEach(i -> fitted.set(i, i < size() ? "" : "*"));
    return Collections.unmodifiableList(fitted);
  }
}
