package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code failed.csv}, the rows that need attention. It has the columns and the exact cells of the
 * input, then the reason. It uses the encoding and delimiter of the input, so the options for the
 * input also read this file.
 */
public final class FailedFile implements AutoCloseable {

  private static final List<String> OWN_COLUMNS = List.of("_status", "_message");

  private final CSVPrinter printer;
  private final int inputColumns;
  private final TreeSet<Integer> dropped = new TreeSet<>();

  /**
   * @param header the header of the input, as the file spells it; columns from an earlier {@code
   *     failed.csv} are replaced
   */
  public FailedFile(Path path, List<String> header, Dialect dialect) throws IOException {
    OutputStreamWriter writer =
        new OutputStreamWriter(
            PrivateFiles.newOutputStream(path),
            // Cells come from this charset. A message may have letters that it lacks; they become
            // "?".
            dialect
                .charset()
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE));
    if (dialect.byteOrderMark()) {
      writer.write('\uFEFF');
    }
    if (dialect.separatorLine()) {
      writer.write("sep=" + dialect.delimiter() + "\n");
    }
    printer = new CSVPrinter(writer, Csv.FORMAT.builder().setDelimiter(dialect.delimiter()).get());
    for (int i = 0; i < header.size(); i++) {
      if (OWN_COLUMNS.contains(ColumnName.normalized(header.get(i)))) {
        dropped.add(i);
      }
    }
    inputColumns = header.size();
    List<String> cells = kept(header);
    cells.addAll(OWN_COLUMNS);
    printer.printRecord(cells);
  }

  /**
   * Writes a row. Missing cells are blank. Extra cells follow the columns of this file and have no
   * header, so that the row does not look whole and no cell gets the name of another.
   */
  public void append(AccountRow row, RowOutcome outcome) throws IOException {
    List<String> all = row.cells();
    int own = Math.min(all.size(), inputColumns);
    List<String> fitted = new ArrayList<>(all.subList(0, own));
    fitted.addAll(Collections.nCopies(inputColumns - own, ""));
    List<String> cells = kept(fitted);
    cells.add(outcome.status().toString());
    cells.add(Csv.harmless(outcome.message()));
    cells.addAll(all.subList(own, all.size()));
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
