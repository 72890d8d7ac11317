package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.result.Dialect;
import io.github.smartleadbulk.result.FailedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the program writes for reading back has every cell below its own header, however odd the
 * input was, and also after a spreadsheet has filled up the rows.
 */
final class FailedFileColumnsTest {

  private static final List<String> HEADER_CELLS =
      List.of("from_name", "password", "signature", "_note", "_status", "_Message", "", "bcc");

  private static final List<String> CELLS =
      List.of("", " ", "a", "a,b", "\"q\"", "two\nlines", " x ", "=1", "invalid", "\u00A0", "40");

  private static final int ROWS = 300;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyCellStandsBelowItsOwnHeader(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> header = new ArrayList<>(HEADER_CELLS.subList(0, 3 + random.nextInt(6)));
    Collections.shuffle(header, random);
    header.add(random.nextInt(header.size()), "id");
    List<List<String>> rows = rows(header, random);
    Path input = folder.resolve("input.csv");
    Files.writeString(input, csv(header, rows));
    List<InputRow> read = read(input);
    Path failed = folder.resolve("failed.csv");
    try (FailedFile file =
        new FailedFile(failed, header, new Dialect(StandardCharsets.UTF_8, false, ',', false))) {
      for (InputRow row : read) {
        file.append(row.row(), outcome(row.row()));
      }
    }

    List<List<String>> written = records(failed);
    List<String> names = written.get(0);
    assertThat(written).hasSize(read.size() + 1);
    assertThat(names.subList(names.size() - 2, names.size()))
        .containsExactly("_status", "_message");
    for (int i = 0; i < read.size(); i++) {
      List<String> cells = written.get(i + 1);
      List<String> own = read.get(i).row().cells();
      List<String> expected = new ArrayList<>();
      for (int column = 0; column < header.size(); column++) {
        if (!header.get(column).equalsIgnoreCase("_status")
            && !header.get(column).equalsIgnoreCase("_message")) {
          expected.add(own.get(column));
        }
      }
      expected.add("failed");
      expected.add("row " + read.get(i).row().number());
      expected.addAll(own.subList(header.size(), own.size()));
      assertThat(cells).isEqualTo(expected);
    }
    assertThat(verdicts(read(failed))).isEqualTo(verdicts(read));
    assertThat(verdicts(read(filledUp(written)))).isEqualTo(verdicts(read));
  }

  /** Every row as long as the longest one, as spreadsheets save it. */
  private Path filledUp(List<List<String>> records) throws IOException {
    int width = records.stream().mapToInt(List::size).max().orElseThrow();
    List<List<String>> filled = new ArrayList<>();
    for (List<String> cells : records) {
      List<String> all = new ArrayList<>(cells);
      all.addAll(Collections.nCopies(width - cells.size(), ""));
      filled.add(all);
    }
    Path file = folder.resolve("filled.csv");
    return Files.writeString(file, csv(filled.get(0), filled.subList(1, filled.size())));
  }

  private static List<List<String>> rows(List<String> header, Random random) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<String> row = new ArrayList<>();
      int width = header.size() - 2 + random.nextInt(5);
      for (int column = 0; column < width; column++) {
        boolean isId = column < header.size() && header.get(column).equals("id");
        row.add(isId ? "" + (i + 1) : CELLS.get(random.nextInt(CELLS.size())));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String csv(List<String> header, List<List<String>> rows) {
    StringBuilder csv = new StringBuilder();
    List<List<String>> all = new ArrayList<>(rows);
    all.add(0, header);
    for (List<String> cells : all) {
      List<String> quoted =
          cells.stream().map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"").toList();
      csv.append(String.join(",", quoted)).append("\r\n");
    }
    return csv.toString();
  }

  private static List<List<String>> records(Path file) throws IOException {
    List<List<String>> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(file)) {
      reader.forEach(record -> records.add(record.getFields()));
    }
    return records;
  }

  private static List<InputRow> read(Path file) throws IOException {
    List<InputRow> all = new ArrayList<>();
    try (InputRows rows = InputFile.open(file, "test", InputOptions.defaults()).rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        all.add(row);
      }
    }
    return all;
  }

  /** What rows set, or that they must not be sent; how many cells are too many may differ. */
  private static List<String> verdicts(List<InputRow> rows) {
    return rows.stream()
        .map(
            row ->
                row.verdict() instanceof RowVerdict.Valid valid
                    ? row.accountId() + " " + valid.valuesByField()
                    : row.verdict().getClass().getSimpleName())
        .toList();
  }

  private static RowOutcome outcome(AccountRow row) {
    return new RowOutcome(
        row.number(),
        row.line(),
        null,
        RowStatus.FAILED,
        List.of(),
        null,
        0,
        "row " + row.number(),
        null,
        WorkspaceNames.DEFAULT);
  }
}
