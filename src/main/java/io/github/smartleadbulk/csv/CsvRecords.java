package io.github.smartleadbulk.csv;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Cells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file. The first record, with number 0, is the header. Blank records do not
 * count, and neither does a {@code sep=} line before the header.
 */
public final class CsvRecords implements AutoCloseable {

  /** Keeps empty lines, so that the line of every record is known. */
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();

  private final CsvSource source;
  private final GuardedReader text;
  private final char delimiter;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private long number;
  private UnaryOperator<List<String>> fitting = cells -> cells;

  CsvRecords(CsvSource source, GuardedReader text, char delimiter) throws IOException {
    this.source = source;
    this.text = text;
    this.delimiter = delimiter;
    this.parser =
        CSVParser.builder()
            .setReader(new TidyReader(text, delimiter))
            .setFormat(FORMAT.builder().setDelimiter(delimiter).get())
            .get();
    this.records = parser.iterator();
  }

  /**
   * Skips the header.
   *
   * @param fitter fits the cells of later records to the header
   */
  public void passHeader(UnaryOperator<List<String>> fitter) throws IOException {
    read();
    fitting = fitter;
  }

  /**
   * The next record, or null after the last.
   *
   * @throws InputException if the rest of the file cannot be read
   */
  @Nullable
  public AccountRow read() throws IOException {
    while (true) {
      long line = parser.getCurrentLineNumber() + 1;
      CSVRecord csv = next();
      if (csv == null) {
        return null;
      }
      if (counts(csv)) {
        return new AccountRow(number++, line, fitting.apply(List.of(csv.values())));
      }
    }
  }

  /** Skips the next records. */
  public void skip(long count) throws IOException {
    long last = number + count;
    while (number < last) {
      CSVRecord csv = next();
      if (csv == null) {
        return;
      }
      if (counts(csv)) {
        number++;
      }
    }
  }

  private boolean counts(CSVRecord csv) {
    boolean isBlank = csv.stream().allMatch(Cells::isBlank);
    return !isBlank && !(number == 0 && SeparatorLine.is(csv.values()));
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
        throw new CsvFaultFinder(source, delimiter).find();
      }
      throw cause;
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
