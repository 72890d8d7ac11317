package io.github.smartleadbulk.result;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** The daily limits of accounts on one day, as an input for {@code update}. */
public final class LimitsFile implements AutoCloseable {

  private final CSVPrinter printer;
  private final LocalDate day;
  private final boolean ids;
  private final boolean addresses;
  private final WorkspaceColumn workspaces;

  /**
   * @param out closed together with this file
   * @param ids whether any line has an id
   * @param addresses whether any line has an address
   */
  public LimitsFile(
      OutputStream out, LocalDate day, boolean ids, boolean addresses, WorkspaceColumn workspaces)
      throws IOException {
    this.printer = Csv.exact(out);
    this.day = day;
    this.ids = ids;
    this.addresses = addresses;
    this.workspaces = workspaces;
    print(
        "email_account_id",
        "from_email",
        WorkspaceColumn.NAME,
        "max_email_per_day",
        "_plan_line",
        "_day");
  }

  /**
   * Writes the line for one account.
   *
   * @param workspace the account's workspace; null if no line has one
   * @param limit empty if the account has no limit on this day; the line then sets nothing
   * @param planLine the account's line in the ramp plan
   */
  public void append(
      @Nullable Long accountId,
      @Nullable String fromEmail,
      @Nullable String workspace,
      OptionalLong limit,
      long planLine)
      throws IOException {
    print(
        accountId,
        fromEmail,
        workspace,
        limit.isPresent() ? limit.getAsLong() : null,
        planLine,
        day);
  }

  private void print(
      @Nullable Object id,
      @Nullable Object address,
      @Nullable Object workspace,
      @Nullable Object... others)
      throws IOException {
    List<@Nullable Object> cells = new ArrayList<>();
    if (ids) {
      cells.add(id);
    }
    if (addresses) {
      cells.add(address);
    }
    if (workspaces == WorkspaceColumn.PRESENT) {
      cells.add(workspace);
    }
    for (Object other : others) {
      cells.add(other);
    }
    printer.printRecord(cells);
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
