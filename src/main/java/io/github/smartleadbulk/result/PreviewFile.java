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

  /**
   * @param out closed together with this file
   */
  public PreviewFile(OutputStream out, List<LocalDate> dates, ByteOrderMark mark)
      throws IOException {
    printer = Csv.exact(mark.begin(out));
    List<Object> header = new ArrayList<>(Arrays.asList(COLUMNS));
    header.addAll(dates);
    printer.printRecord(header);
  }

  /**
   * Whether a file can be replaced without loss because it is missing, empty or an earlier preview.
   */
  public static boolean mayReplace(Path path) throws IOException {
    return Csv.mayReplace(path, String.join(",", COLUMNS) + ",2");
  }

  /**
   * Writes the line for one account.
   *
   * @param line the account's line in the ramp plan
   * @param limits one for each date; empty before the ramp begins
   */
  public void append(
      long line, @Nullable Long accountId, @Nullable String fromEmail, List<OptionalLong> limits)
      throws IOException {
    print(line, accountId, fromEmail == null ? null : Csv.harmless(fromEmail), limits);
  }

  /** Writes the line with the totals of all accounts. */
  public void appendTotals(List<OptionalLong> totals) throws IOException {
    print("total", null, null, totals);
  }

  private void print(
      Object line, @Nullable Long accountId, @Nullable String fromEmail, List<OptionalLong> limits)
      throws IOException {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(line);
    cells.add(accountId);
    cells.add(fromEmail);
    limits.forEach(limit -> cells.add(limit.isPresent() ? limit.getAsLong() : null));
    printer.printRecord(cells);
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
