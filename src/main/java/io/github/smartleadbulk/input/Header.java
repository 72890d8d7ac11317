package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
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
    return Cells.stripped(names.get(index));
  }

  /** The file's name of a column that it has. */
  String nameOf(Column column) {
    return nameOf(indexOf(column));
  }
}
