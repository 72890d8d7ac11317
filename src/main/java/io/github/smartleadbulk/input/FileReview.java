package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.csv.CsvSource;
import io.github.smartleadbulk.csv.Encoding;
import io.github.smartleadbulk.input.Column.PassedOver;
import io.github.smartleadbulk.input.Column.PassedOver.Why;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reviews a file as a whole: its ignored columns and its encoding. */
record FileReview(CsvSource source, Header header, char delimiter) {

  Remarks remarks() throws IOException {
    List<String> notes = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<Integer> passedOver = columns(Why.NO_SETTING);
    List<Integer> warmUp = columns(Why.WARM_UP);
    List<Integer> both =
        IntStream.range(0, header.size())
            .filter(i -> passedOver.contains(i) || warmUp.contains(i))
            .boxed()
            .toList();
    if (!both.isEmpty()) {
      notes.add(
          "%s: ignored %s: %s; an update does not set %s, and their cells are not kept"
              .formatted(
                  source.name(),
                  both.size() == 1 ? "1 column" : both.size() + " columns",
                  names(both),
                  both.size() == 1 ? "it" : "them"));
    }
    List<Integer> filled = warmUp.isEmpty() ? List.of() : filled(warmUp);
    if (!filled.isEmpty()) {
      warnings.add(
          "%s: found warm-up settings in %s, which are not applied because this endpoint has no such settings"
              .formatted(source.name(), names(filled)));
    }
    String charset = otherCharset();
    if (charset != null) {
      warnings.add(charset);
    }
    return new Remarks(notes, warnings);
  }

  private List<Integer> columns(Why why) {
    return IntStream.range(0, header.size())
        .filter(i -> header.columns().get(i) instanceof PassedOver column && column.why() == why)
        .boxed()
        .toList();
  }

  private String names(List<Integer> columns) {
    return columns.stream().map(header::nameOf).collect(Collectors.joining(", "));
  }

  /** The columns that have a cell that is not blank. */
  private List<Integer> filled(List<Integer> columns) throws IOException {
    List<Integer> empty = new ArrayList<>(columns);
    try (CsvRecords records = source.openRecords(delimiter)) {
      for (var row = records.read(); row != null && !empty.isEmpty(); row = records.read()) {
        List<String> cells = row.cells();
        if (row.number() > 0) {
          empty.removeIf(i -> i < cells.size() && !Cells.isBlank(cells.get(i)));
        }
      }
    }
    return columns.stream().filter(i -> !empty.contains(i)).toList();
  }

  /**
   * The warning about a file that is valid UTF-8 but read in another encoding; null for other
   * files.
   */
  private @Nullable String otherCharset() throws IOException {
    if (source.encoding().markLength() > 0
        || source.encoding().charset().equals(StandardCharsets.UTF_8)) {
      return null;
    }
    boolean beyondAscii = false;
    Encoding utf8 = new Encoding(StandardCharsets.UTF_8, 0);
    try (Reader text =
        new BufferedReader(new InputStreamReader(source.openBytes(), utf8.strictDecoder()))) {
      for (int c = text.read(); c >= 0; c = text.read()) {
        beyondAscii |= c > 0x7F;
        if (c == 0) {
          return null;
        }
      }
    } catch (CharacterCodingException e) {
      return null;
    }
    return beyondAscii
        ? "%s: the file is valid UTF-8 but is read as %s. If letters look wrong, drop --charset, also in the config file"
            .formatted(source.name(), source.encoding().charset())
        : null;
  }
}
