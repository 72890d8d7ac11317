package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/** The records of a file as they stand there; the first, with number 0, is the header. */
final class Records implements AutoCloseable {

  /**
   * Empty lines are kept so that the line of every record is known, and with this quote mode an
   * empty cell without quotes is null: an empty line and a lone {@code ""} can be told apart.
   */
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setIgnoreEmptyLines(false)
          .setQuoteMode(QuoteMode.ALL_NON_NULL)
          .get();

  private final Source source;
  private final GuardedReader text;
  private final char delimiter;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private long number;

  Records(Source source, GuardedReader text, char delimiter) throws IOException {
    this.source = source;
    this.text = text;
    this.delimiter = delimiter;
    this.parser =
        CSVParser.builder()
            .setReader(text)
            .setFormat(FORMAT.builder().setDelimiter(delimiter).get())
            .get();
    this.records = parser.iterator();
  }

  /**
   * The next record, or null after the last.
   *
   * @throws InputException if the file cannot be understood from here on
   */
  @Nullable AccountRow read() throws IOException {
    while (true) {
      long line = parser.getCurrentLineNumber() + 1;
      CSVRecord csv = next();
      if (csv == null) {
        return null;
      }
      if (!isEmptyLine(csv)) {
        return row(csv, line);
      }
    }
  }

  /** Passes over the next records. */
  void skip(long count) throws IOException {
    long last = number + count;
    while (number < last) {
      CSVRecord csv = next();
      if (csv == null) {
        return;
      }
      if (!isEmptyLine(csv)) {
        number++;
      }
    }
  }

  private static boolean isEmptyLine(CSVRecord csv) {
    return csv.size() == 1 && csv.get(0) == null;
  }

  private @Nullable CSVRecord next() throws IOException {
    text.recordStarts();
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      if (cause instanceof CSVException
          || cause instanceof CharacterCodingException
          || cause instanceof GuardedReader.UnreadableException) {
        throw new FaultFinder(source, delimiter).find();
      }
      throw cause;
    }
  }

  private AccountRow row(CSVRecord csv, long line) {
    String[] cells = new String[csv.size()];
    for (int i = 0; i < cells.length; i++) {
      String cell = csv.get(i);
      cells[i] = cell == null ? "" : cell;
    }
    return new AccountRow(number++, line, Collections.unmodifiableList(Arrays.asList(cells)));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
