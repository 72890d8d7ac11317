package io.github.smartleadbulk.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The daily limits of the accounts of a ramp plan, with a column for each date. The file is for
 * people and their spreadsheets, not an input. Text that would run as a formula is made harmless.
 */
public final class PreviewFile implements AutoCloseable {

  private static final String[] COLUMNS = {"line", "email_account_id", "from_email"};

  private final CSVPrinter printer;
  private final WorkspaceColumn workspaceColumn;

  /**
   * @param out closed together with this file
   */
  public PreviewFile(
      OutputStream out, WorkspaceColumn workspaceColumn, List<LocalDate> dates, ByteOrderMark mark)
      throws IOException {
    this.printer = Csv.exact(mark.begin(out));
    this.workspaceColumn = workspaceColumn;
    List<Object> header = new ArrayList<>(Arrays.asList(COLUMNS));
    if (workspaceColumn == WorkspaceColumn.PRESENT) {
      header.add(WorkspaceColumn.NAME);
    }
    header.addAll(dates);
    printer.printRecord(header);
  }

  /**
   * Whether a file can be replaced without loss because it is missing, empty or an earlier preview.
   */
  public static boolean mayReplace(Path path) throws IOException {
    String columns = String.join(",", COLUMNS);
    return Csv.mayReplace(path, columns + ",2")
        || Csv.mayReplace(path, columns + "," + WorkspaceColumn.NAME + ",2");
  }

  /**
   * Writes the line for one account.
   *
   * @param line the account's line in the ramp plan
   * @param workspace the workspace of the account; null if the plan names none
   * @param limits one for each date; empty before the ramp begins
   */
  public void append(
      long line,
      @Nullable Long accountId,
      @Nullable String fromEmail,
      @Nullable String workspace,
      List<OptionalLong> limits)
      throws IOException {
    print(line, accountId, fromEmail == null ? null : Csv.harmless(fromEmail), workspace, limits);
  }

  /**
   * Writes a line with totals.
   *
   * @param workspace the workspace whose accounts they are of; null for all accounts
   */
  public void appendTotals(@Nullable String workspace, List<OptionalLong> totals)
      throws IOException {
    print("total", null, null, workspace, totals);
  }

  private void print(
      Object line,
      @Nullable Long accountId,
      @Nullable String fromEmail,
      @Nullable String workspace,
      List<OptionalLong> limits)
      throws IOException {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(line);
    cells.add(accountId);
    cells.add(fromEmail);
    if (workspaceColumn == WorkspaceColumn.PRESENT) {
      cells.add(workspace);
    }
    limits.forEach(limit -> cells.add(limit.isPresent() ? limit.getAsLong() : null));
    printer.printRecord(cells);
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
