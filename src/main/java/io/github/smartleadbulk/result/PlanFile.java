package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * {@code plan.csv}, one line for each value that an update would change. The file is for people and
 * their spreadsheets, not an input. Text that would run as a formula is made harmless.
 */
public final class PlanFile implements AutoCloseable {

  /** {@code before_known} distinguishes an unknown value from an empty one. */
  private static final String[] COLUMNS = {
    "row", "line", "email_account_id", "from_email", "field", "before", "after", "before_known"
  };

  private final CSVPrinter printer;
  private final WorkspaceColumn workspaces;

  public PlanFile(Path path, WorkspaceColumn workspaces, ByteOrderMark mark) throws IOException {
    this.workspaces = workspaces;
    printer =
        new CSVPrinter(
            // An account may have text that UTF-8 cannot encode. It becomes question marks here.
            new OutputStreamWriter(
                mark.begin(PrivateFiles.newOutputStream(path)), StandardCharsets.UTF_8),
            Csv.FORMAT);
    print(WorkspaceColumn.NAME, (Object[]) COLUMNS);
  }

  /**
   * Whether a file can be replaced without loss because it is missing, empty or an earlier plan.
   */
  public static boolean mayReplace(Path path) throws IOException {
    return Csv.mayReplace(path, String.join(",", COLUMNS));
  }

  /**
   * Writes the line for one change.
   *
   * @param before null if it is not known
   */
  public void append(
      long row,
      long line,
      WorkspaceAccount account,
      @Nullable String fromEmail,
      AccountField field,
      @Nullable SettingValue before,
      SettingValue after)
      throws IOException {
    print(
        account.workspace(),
        row,
        line,
        account.id(),
        text(fromEmail),
        field.apiName(),
        text(before),
        text(after),
        before != null);
  }

  private void print(String workspace, Object... cells) throws IOException {
    List<Object> all = new ArrayList<>(Arrays.asList(cells));
    if (workspaces == WorkspaceColumn.PRESENT) {
      all.add(workspace);
    }
    printer.printRecord(all);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : Csv.harmless(value.toString());
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
