package io.github.smartleadbulk.input;

import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.CsvSource;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A CSV file whose header is understood. */
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
   * The header of a file whatever is wrong with it, to compare it with what else is asked for.
   *
   * @return empty where nothing in it is known
   */
  public static Optional<Header> peek(Path file, String name, InputOptions options)
      throws IOException {
    return peek(CsvSource.of(file, name, options.charset()), options);
  }

  /** The same, of a file of which only the beginning is at hand. */
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
   * @param name what messages call the file
   * @throws InputException if the file as a whole cannot be used
   */
  public static InputFile open(Path file, String name, InputOptions options) throws IOException {
    return open(CsvSource.of(file, name, options.charset()), options);
  }

  /**
   * A file of which only the beginning is at hand, to {@link #copy} it. Its rows cannot be read.
   *
   * @param start long enough to have the header
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
   * Copies the file, without what stands in columns that are passed over.
   *
   * @param content all of the file's bytes
   */
  public void copy(InputStream content, OutputStream out) throws IOException {
    if (header().hasPassedOver()) {
      new MaskedCopy(header(), source.encoding(), delimiter()).copy(content, out);
    } else {
      content.transferTo(out);
    }
  }

  /**
   * Looks at the whole file, before its rows are read.
   *
   * @throws InputException if the file cannot be understood to its end
   */
  public Remarks remarks() throws IOException {
    return new FileReview(source, header(), delimiter()).remarks();
  }

  /** What to say of a file that has none, where that is an error. */
  public static String withoutRows(String name) {
    return name
        + ": found a header without rows, expected a row for each account; if the file may be empty,"
        + " add --allow-empty";
  }

  /** Whether there is a row below the header; also one that cannot be read, which is told later. */
  public boolean hasRows() throws IOException {
    try (CsvRecords records = source.openHeader(delimiter())) {
      records.passHeader(header()::fitted);
      return records.read() != null;
    } catch (InputException fault) {
      return true;
    }
  }

  /**
   * The same file, whose rows set more than their cells.
   *
   * @param newFilling for each row as its cells have it; one that cannot be filled becomes invalid
   */
  public InputFile filledBy(UnaryOperator<InputRow> newFilling) {
    return new InputFile(source, options, found, newFilling);
  }

  public Header header() {
    return found.header();
  }

  /** The charset that the file is read in. */
  public Charset charset() {
    return source.encoding().charset();
  }

  public boolean hasByteOrderMark() {
    return source.encoding().markLength() > 0;
  }

  public char delimiter() {
    return found.delimiter();
  }

  /** Whether the delimiter is named in a line of its own. */
  public boolean hasSeparatorLine() {
    return found.separatorLine();
  }

  /** The rows, each on its own: duplicates are not looked at. */
  public InputRows rows() throws IOException {
    return rows(AddressBook.unknown(), row -> row);
  }

  /** The rows as they are to be treated, as far as can be said without an address book. */
  public InputRows rows(Duplicates duplicates) throws IOException {
    return rows(duplicates, AddressBook.unknown());
  }

  /**
   * The rows as they are to be treated.
   *
   * @param duplicates of this same file, from {@link #inspect} with the same book
   * @param book gives rows without an account id that of their address
   */
  public InputRows rows(Duplicates duplicates, AddressBook book) throws IOException {
    if (duplicates.isEmpty()) {
      return rows(book, row -> row);
    }
    return rows(
        book,
        switch (options.duplicates()) {
          case REFUSE -> DuplicateRule.refuse(duplicates, header());
          case MERGE -> merged(duplicates, book);
        });
  }

  /** Reads the whole file without an address book. */
  public Inspection inspect(Consumer<InputRow> each) throws IOException {
    return inspect(AddressBook.unknown(), each, null);
  }

  /**
   * Reads the whole file.
   *
   * @param book shows which rows by id and by address are for one account
   * @param each takes every row on its own, before it is known which rows are duplicates
   * @param invalid takes the invalid rows, duplicates included, with all that is wrong with them;
   *     null where nobody has to know them
   * @throws InputException if the file cannot be understood to its end
   */
  public Inspection inspect(
      AddressBook book, Consumer<InputRow> each, @Nullable Consumer<InputRow> invalid)
      throws IOException {
    return new Inspector(this, book, RepeatedKeys.WATCHED).inspect(each, invalid);
  }

  private DuplicateRule merged(Duplicates duplicates, AddressBook book) throws IOException {
    try (InputRows rows = rows(book, row -> row)) {
      return new MergedDuplicates(duplicates, header(), rows);
    }
  }

  private InputRows rows(AddressBook book, DuplicateRule rule) throws IOException {
    CsvRecords records = source.openRecords(delimiter());
    try {
      records.passHeader(header()::fitted);
      return new InputRows(records, parser, filling, book, rule);
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }
}
