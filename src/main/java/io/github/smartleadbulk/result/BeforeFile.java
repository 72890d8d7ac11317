package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code before.csv}, an input for {@code update} that restores exactly the values from before a
 * run. Line breaks in a cell are those of the account; all others are LF.
 */
public final class BeforeFile implements AutoCloseable {

  private final CSVPrinter printer;
  private final List<AccountField> columns;
  private final WorkspaceColumn workspaces;

  /**
   * @param columns every field that any line may have
   */
  public BeforeFile(
      Path path, Set<AccountField> columns, WorkspaceColumn workspaces, ByteOrderMark mark)
      throws IOException {
    this.workspaces = workspaces;
    this.columns = Arrays.stream(AccountField.values()).filter(columns::contains).toList();
    printer = Csv.exact(mark.begin(PrivateFiles.newOutputStream(path)));
    List<String> header = new ArrayList<>();
    header.add("email_account_id");
    if (workspaces == WorkspaceColumn.PRESENT) {
      header.add(WorkspaceColumn.NAME);
    }
    this.columns.forEach(field -> header.add(field.apiName()));
    header.add("_message");
    printer.printRecord(header);
  }

  /**
   * Writes the line for one account.
   *
   * @param cellsByField the fields that can be restored; the others stay blank
   * @param message about the fields that cannot be restored, on one line
   * @throws IllegalArgumentException if a field has no column: its value would be lost
   */
  public void append(
      WorkspaceAccount account, Map<AccountField, String> cellsByField, String message)
      throws IOException {
    if (!columns.containsAll(cellsByField.keySet())) {
      throw new IllegalArgumentException(
          "account " + account.id() + ": " + cellsByField.keySet() + " in a file of " + columns);
    }
    List<String> cells = new ArrayList<>();
    cells.add(Long.toString(account.id()));
    if (workspaces == WorkspaceColumn.PRESENT) {
      cells.add(account.workspace());
    }
    columns.forEach(field -> cells.add(cellsByField.getOrDefault(field, "")));
    cells.add(Csv.harmless(message));
    printer.printRecord(cells);
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
