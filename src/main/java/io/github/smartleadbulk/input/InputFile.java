package io.github.smartleadbulk.input;

import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.CsvSource;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A CSV file with a valid header. */
public final class InputFile {

  private final CsvSource source;
  private final InputOptions options;
  private final HeaderReader.Found found;
  private final RowParser parser;

  private final UnaryOperator<InputRow> filling;

  private InputFile(
      CsvSource source,
      InputOptions options,
      HeaderReader.Found found,
      UnaryOperator<InputRow> filling) {
    this.source = source;
    this.options = options;
    this.found = found;
    this.parser = new RowParser(found.header(), options);
    this.filling = filling;
  }

  /**
   * Reads the header of a file, even if it has problems, to compare it with other options.
   *
   * @return empty if no column is known
   */
  public static Optional<Header> peek(Path file, String name, InputOptions options)
      throws IOException {
    return peek(CsvSource.of(file, name, options.charset()), options);
  }

  /** Reads the header from the beginning of a file, even if it has problems. */
  public static Optional<Header> peek(byte[] start, String name, InputOptions options)
      throws IOException {
    return peek(CsvSource.ofStart(start, name, options.charset()), options);
  }

  private static Optional<Header> peek(CsvSource source, InputOptions options) throws IOException {
    return new HeaderReader(source, options, ColumnNames.OF_UPDATES).readAsItIs();
  }

  /**
   * Reads the header.
   *
   * @param name the name of the file in messages
   * @throws InputException if the file as a whole cannot be used
   */
  public static InputFile open(Path file, String name, InputOptions options) throws IOException {
    return open(CsvSource.of(file, name, options.charset()), options);
  }

  /**
   * A file of which only the beginning is available, to {@link #copy} it. Its rows cannot be read.
   *
   * @param start the beginning of the file, including the header
   * @throws InputException if the file as a whole cannot be used
   */
  public static InputFile ofStart(byte[] start, String name, InputOptions options)
      throws IOException {
    return open(CsvSource.ofStart(start, name, options.charset()), options);
  }

  private static InputFile open(CsvSource source, InputOptions options) throws IOException {
    HeaderReader.Found found = new HeaderReader(source, options, ColumnNames.OF_UPDATES).read();
    return new InputFile(source, options, found, row -> row);
  }

  /**
   * Copies the file and masks the cells of ignored columns.
   *
   * @param content all bytes of the file
   */
  public void copy(InputStream content, OutputStream out) throws IOException {
    if (header().hasPassedOver()) {
      new MaskedCopy(header(), source.encoding(), delimiter()).copy(content, out);
    } else {
      content.transferTo(out);
    }
  }

  /**
   * Reviews the whole file before its rows are read.
   *
   * @throws InputException if the file cannot be read to its end
   */
  public Remarks remarks() throws IOException {
    return new FileReview(source, header(), delimiter()).remarks();
  }

  /** The message for a file without rows where that is an error. */
  public static String withoutRows(String name) {
    return name
        + ": found a header without rows, expected a row for each account; if the file may be empty,"
        + " add --allow-empty";
  }

  /**
   * Whether there is a row below the header. A row that cannot be read counts, and is reported
   * later.
   */
  public boolean hasRows() throws IOException {
    try (CsvRecords records = source.openHeader(delimiter())) {
      records.passHeader(header()::fitted);
      return records.read() != null;
    } catch (InputException fault) {
      return true;
    }
  }

  /**
   * This file, with rows that set more than their cells.
   *
   * @param newFilling adds values to each row; a row that cannot be filled becomes invalid
   */
  public InputFile filledBy(UnaryOperator<InputRow> newFilling) {
    return new InputFile(source, options, found, newFilling);
  }

  public Header header() {
    return found.header();
  }

  /** The charset of the file. */
  public Charset charset() {
    return source.encoding().charset();
  }

  public boolean hasByteOrderMark() {
    return source.encoding().markLength() > 0;
  }

  public char delimiter() {
    return found.delimiter();
  }

  /** Whether a separate line names the delimiter. */
  public boolean hasSeparatorLine() {
    return found.separatorLine();
  }

  /** The rows without a check for duplicates. */
  public InputRows rows() throws IOException {
    return rows(Duplicates.none(), AddressBook.unknown());
  }

  /** The rows with their duplicates resolved, without an address book. */
  public InputRows rows(Duplicates duplicates) throws IOException {
    return rows(duplicates, AddressBook.unknown());
  }

  /**
   * The rows with their duplicates resolved.
   *
   * @param duplicates the duplicates of this file, from {@link #inspect} with the same book
   * @param book finds the account ids of rows that have only an address
   */
  public InputRows rows(Duplicates duplicates, AddressBook book) throws IOException {
    return new InputRows(records(), rowReader(duplicates, book), book);
  }

  /** The records after the header. */
  public CsvRecords records() throws IOException {
    CsvRecords records = source.openRecords(delimiter());
    try {
      records.passHeader(header()::fitted);
      return records;
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  /**
   * Makes rows of the records and resolves their duplicates.
   *
   * @param duplicates the duplicates of this file, from {@link #inspect} with the same book
   * @param book finds the account ids of rows that have only an address
   */
  public RowReader rowReader(Duplicates duplicates, AddressBook book) throws IOException {
    return new RowReader(parser, filling, rule(duplicates, book));
  }

  private DuplicateRule rule(Duplicates duplicates, AddressBook book) throws IOException {
    if (duplicates.isEmpty()) {
      return row -> row;
    }
    return switch (options.duplicates()) {
      case REFUSE -> DuplicateRule.refuse(duplicates, header());
      case MERGE -> merged(duplicates, book);
    };
  }

  /**
   * The workspaces of valid rows, in the order in which they first occur; the usual one if there is
   * no valid row.
   *
   * @throws InputException if the file cannot be read to its end
   */
  public Set<String> workspaces() throws IOException {
    String usual = options.workspaces().usual();
    if (!header().has(Column.WORKSPACE)) {
      return Set.of(usual);
    }
    Set<String> found = new LinkedHashSet<>();
    try (InputRows rows = rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        if (row.verdict() instanceof RowVerdict.Valid) {
          found.add(row.workspace());
        }
      }
    }
    return found.isEmpty() ? Set.of(usual) : found;
  }

  /** Reads the whole file without an address book. */
  public Inspection inspect(Consumer<InputRow> each) throws IOException {
    return inspect(AddressBook.unknown(), each, null);
  }

  /**
   * Reads the whole file.
   *
   * @param book finds which rows with an id and rows with an address share an account
   * @param each gets every row before duplicates are resolved
   * @param invalid gets every invalid row, including duplicates, with all its problems; null if not
   *     needed
   * @throws InputException if the file cannot be read to its end
   */
  public Inspection inspect(
      AddressBook book, Consumer<InputRow> each, @Nullable Consumer<InputRow> invalid)
      throws IOException {
    return new Inspector(this, book, RepeatedKeys.WATCHED).inspect(each, invalid);
  }

  private DuplicateRule merged(Duplicates duplicates, AddressBook book) throws IOException {
    try (InputRows rows = rows(Duplicates.none(), book)) {
      return new MergedDuplicates(duplicates, header(), rows);
    }
  }
}
