package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.TableRow;
import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.CsvSource;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file other than an update file, such as a ramp plan. It is read like an update file, but
 * the caller decides what its columns mean.
 */
public final class TableFile {

  private final CsvSource source;
  private final char delimiter;
  private final Header header;

  /** The own names of the columns; null for ignored columns. */
  private final @Nullable String[] names;

  private TableFile(CsvSource source, ColumnNames known, HeaderReader.Found found) {
    this.source = source;
    this.delimiter = found.delimiter();
    this.header = found.header();
    List<Column> columns = header.columns();
    this.names = new @Nullable String[columns.size()];
    for (int i = 0; i < names.length; i++) {
      Column column = columns.get(i);
      names[i] = Column.isKnown(column) ? known.of(column) : null;
    }
  }

  /**
   * Reads the header of a table about accounts.
   *
   * @param name the name of the file in messages
   * @param columns the known names besides those for the account, in lower case with underscores
   * @throws InputException if the file as a whole cannot be used
   */
  public static TableFile open(Path file, String name, InputOptions options, List<String> columns)
      throws IOException {
    return open(file, name, options, ColumnNames.ofTable(columns));
  }

  /**
   * Reads the header of a table that has only its own columns. They cannot be mapped or ignored.
   *
   * @param name the name of the file in messages
   * @param columns the known names, in lower case with underscores
   * @throws InputException if the file as a whole cannot be used. The message shows no cell of a
   *     file without a header
   */
  public static TableFile openOwn(Path file, String name, List<String> columns) throws IOException {
    return open(file, name, InputOptions.defaults(), ColumnNames.ofOwnTable(columns));
  }

  private static TableFile open(Path file, String name, InputOptions options, ColumnNames known)
      throws IOException {
    CsvSource source = CsvSource.of(file, name, options.charset());
    return new TableFile(source, known, new HeaderReader(source, options, known).read());
  }

  /**
   * The own names of the file's columns, without ignored columns. If the file says {@code id}, the
   * own name is {@code email_account_id}.
   */
  public List<String> columns() {
    return Arrays.stream(names).filter(Objects::nonNull).toList();
  }

  /** Reviews the whole file before its rows are read. */
  public Remarks remarks() throws IOException {
    return new FileReview(source, header, delimiter).remarks();
  }

  /**
   * Reads the whole file.
   *
   * @throws InputException if the file cannot be read to its end
   */
  public void forEach(Consumer<TableRow> each) throws IOException {
    try (CsvRecords records = source.openRecords(delimiter)) {
      records.passHeader(header::fitted);
      for (AccountRow row = records.read(); row != null; row = records.read()) {
        each.accept(tableRow(row));
      }
    }
  }

  private TableRow tableRow(AccountRow row) {
    if (row.cells().size() != names.length) {
      return new TableRow(
          row.number(), row.line(), Map.of(), List.of(RowParser.width(row, names.length)));
    }
    Map<String, String> cellsByColumn = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      if (name != null) {
        cellsByColumn.put(name, row.cells().get(i));
      }
    }
    return new TableRow(row.number(), row.line(), cellsByColumn, List.of());
  }
}
