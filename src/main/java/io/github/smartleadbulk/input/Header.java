package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * What the columns of a file are called and mean.
 *
 * @param line where the header starts
 * @param names as the file spells them
 * @param columns as many as names
 */
public record Header(long line, List<String> names, List<Column> columns) {

  public Header {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
  }

  public int size() {
    return columns.size();
  }

  /** The place of a column, from 0, or -1 where the file does not have it. */
  public int indexOf(Column column) {
    return columns.indexOf(column);
  }

  /** A column's name for messages: as the file spells it, without blanks around it. */
  public String nameOf(int index) {
    String name = Cells.escaped(Cells.stripped(names.get(index)));
    return name.isEmpty() ? "column " + (index + 1) : name;
  }

  /** The file's name of a column that it has. */
  String nameOf(Column column) {
    return nameOf(indexOf(column));
  }

  /** Whether cells of some columns are not kept. */
  public boolean hasPassedOver() {
    return columns.stream().anyMatch(Column.PassedOver.class::isInstance);
  }

  /**
   * Which cells of a row are those of columns that are passed over. In a row with more cells than
   * the header has, a delimiter too many has moved those behind it, nobody knows by how many.
   *
   * @param cells of the row
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
   * The cells of a row as the header has them: those that are missing at the end are blank, and
   * blank ones that are too many are nothing. Where cells are too many that say something, all of
   * them are here. Cells that are not kept are blank, or an asterisk behind the header's own, where
   * a blank one would be nothing and the row look whole.
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
