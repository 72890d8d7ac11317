package io.github.smartleadbulk.input;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A CSV file whose header is understood. */
public final class InputFile {

  private final Source source;
  private final InputOptions options;
  private final char delimiter;
  private final Header header;
  private final RowParser parser;

  private InputFile(Source source, InputOptions options, HeaderReader.Found found) {
    this.source = source;
    this.options = options;
    this.delimiter = found.delimiter();
    this.header = found.header();
    this.parser = new RowParser(header, options);
  }

  /**
   * Reads the header.
   *
   * @param name what messages call the file
   * @throws InputException if the file as a whole cannot be used
   */
  public static InputFile open(Path file, String name, InputOptions options) throws IOException {
    Source source = new Source(file, name, Encoding.of(file, options.charset()));
    return new InputFile(
        source, options, new HeaderReader(source, options, ColumnNames.OF_UPDATES).read());
  }

  public Header header() {
    return header;
  }

  /** The charset that the file is read in. */
  public Charset charset() {
    return source.encoding().charset();
  }

  public boolean hasByteOrderMark() {
    return source.encoding().markLength() > 0;
  }

  public char delimiter() {
    return delimiter;
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
          case REFUSE -> DuplicateRule.refuse(duplicates, header);
          case MERGE -> merged(duplicates, book);
        });
  }

  /** Reads the whole file without an address book. */
  public Inspection inspect(Consumer<InputRow> each) throws IOException {
    return inspect(AddressBook.unknown(), each);
  }

  /**
   * Reads the whole file.
   *
   * @param book shows which rows by id and by address are for one account
   * @param each takes every row on its own, before it is known which rows are duplicates
   * @throws InputException if the file cannot be understood to its end
   */
  public Inspection inspect(AddressBook book, Consumer<InputRow> each) throws IOException {
    return new Inspector(this, book, RepeatedKeys.WATCHED).inspect(each);
  }

  private DuplicateRule merged(Duplicates duplicates, AddressBook book) throws IOException {
    try (InputRows rows = rows(book, row -> row)) {
      return new MergedDuplicates(duplicates, header, rows);
    }
  }

  private InputRows rows(AddressBook book, DuplicateRule rule) throws IOException {
    Records records = source.openRecords(delimiter);
    try {
      records.read();
      return new InputRows(records, parser, book, rule);
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }
}
