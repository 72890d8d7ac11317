package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.csv.Delimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written in one of the dialects is read back to the letter. */
final class DialectsTest {

  private static final List<String> HEADER = List.of("id", "from_name", "signature", "_note");

  /** Pieces of cells that CSV readers stumble over. */
  private static final List<String> PIECES =
      List.of(
          "a", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "#", "\\", "'", "ü", "😀",
          "=1+2");

  @TempDir private Path folder;

  record Dialect(
      char delimiter, String lineEnd, QuoteMode quotes, Charset charset, boolean hasMark) {}

  static Stream<Dialect> dialects() {
    List<Dialect> dialects = new ArrayList<>();
    for (char delimiter : Delimiter.CANDIDATES) {
      for (String lineEnd : List.of("\n", "\r\n", "\r")) {
        for (QuoteMode quotes : List.of(QuoteMode.MINIMAL, QuoteMode.ALL)) {
          dialects.add(new Dialect(delimiter, lineEnd, quotes, StandardCharsets.UTF_8, false));
          dialects.add(new Dialect(delimiter, lineEnd, quotes, StandardCharsets.UTF_8, true));
          dialects.add(new Dialect(delimiter, lineEnd, quotes, StandardCharsets.UTF_16LE, true));
          dialects.add(new Dialect(delimiter, lineEnd, quotes, StandardCharsets.UTF_16BE, true));
        }
      }
    }
    return dialects.stream();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void readsBackWhatWasWritten(Dialect dialect) throws IOException {
    List<List<String>> records = randomRecords(new Random(dialect.toString().hashCode()));
    Path path = folder.resolve("input.csv");
    write(path, dialect, records);

    InputFile file = InputFile.open(path, "input.csv", InputOptions.defaults());
    List<List<String>> found = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    try (InputRows rows = file.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        found.add(row.row().cells());
        lines.add(row.row().line());
      }
    }

    assertThat(file.header().names()).isEqualTo(HEADER);
    assertThat(found).isEqualTo(records);
    assertThat(lines).isEqualTo(linesOf(records));
  }

  private static List<List<String>> randomRecords(Random random) {
    List<List<String>> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(i + 1));
      for (int column = 1; column < HEADER.size(); column++) {
        StringBuilder cell = new StringBuilder();
        for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
          cell.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        cells.add(cell.toString());
      }
      records.add(cells);
    }
    return records;
  }

  private static void write(Path path, Dialect dialect, List<List<String>> records)
      throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(dialect.delimiter())
            .setRecordSeparator(dialect.lineEnd())
            .setQuoteMode(dialect.quotes())
            .get();
    try (Writer writer = Files.newBufferedWriter(path, dialect.charset())) {
      if (dialect.hasMark()) {
        writer.write('\uFEFF');
      }
      format.printRecord(writer, HEADER.toArray());
      for (List<String> record : records) {
        format.printRecord(writer, record.toArray());
      }
    }
  }

  private static List<Long> linesOf(List<List<String>> records) {
    List<Long> lines = new ArrayList<>();
    long line = 2;
    for (List<String> record : records) {
      lines.add(line);
      // Each cell on its own: a delimiter or quote always stands between two of them.
      line += 1 + record.stream().mapToLong(cell -> cell.split("\r\n|\r|\n", -1).length - 1).sum();
    }
    return lines;
  }
}
