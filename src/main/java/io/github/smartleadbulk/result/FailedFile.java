package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code failed.csv}: rows that need somebody's attention, with the input's own columns and cells
 * to the letter, then why. It is written in the input's own encoding and delimiter, so that the
 * options that read the input read it too.
 */
public final class FailedFile implements AutoCloseable {

  private static final List<String> OWN_COLUMNS = List.of("_status", "_message");

  private final CSVPrinter printer;
  private final int inputColumns;
  private final int columns;
  private final TreeSet<Integer> dropped = new TreeSet<>();

  /**
   * @param header of the input, as the file spells it; this file's own columns in it, from an
   *     earlier {@code failed.csv}, are replaced
   */
  public FailedFile(
      Path path, List<String> header, Charset charset, boolean byteOrderMark, char delimiter)
      throws IOException {
    OutputStreamWriter writer =
        new OutputStreamWriter(
            PrivateFiles.newOutputStream(path),
            // What a message cannot spell in the input's charset becomes "?"; cells came from it.
            charset
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE));
    if (byteOrderMark) {
      writer.write('\uFEFF');
    }
    printer = new CSVPrinter(writer, Csv.FORMAT.builder().setDelimiter(delimiter).get());
    for (int i = 0; i < header.size(); i++) {
      if (OWN_COLUMNS.contains(header.get(i))) {
        dropped.add(i);
      }
    }
    inputColumns = header.size();
    List<String> cells = kept(header);
    cells.addAll(OWN_COLUMNS);
    columns = cells.size();
    printer.printRecord(cells);
  }

  public void append(AccountRow row, RowOutcome outcome) throws IOException {
    boolean ragged = row.cells().size() != inputColumns;
    List<String> cells = ragged ? new ArrayList<>(row.cells()) : kept(row.cells());
    cells.add(outcome.status().toString());
    cells.add(outcome.message());
    if (ragged && cells.size() == columns) {
      // A row with too many or too few cells must not look whole here: its cells may stand under
      // the wrong names.
      cells.add("");
    }
    printer.printRecord(cells);
  }

  private List<String> kept(List<String> cells) {
    List<String> kept = new ArrayList<>(cells);
    dropped.descendingSet().forEach(i -> kept.remove(i.intValue()));
    return kept;
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
