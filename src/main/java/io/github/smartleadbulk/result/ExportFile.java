package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.TextDamage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * Accounts as an input for {@code update}. Unedited, the file changes nothing: an empty value
 * becomes a blank cell, which leaves the value alone.
 */
public final class ExportFile implements AutoCloseable {

  private final OutputStream out;
  private final ExportFormat format;
  private final CSVPrinter printer;

  private ExportFile(OutputStream out, ExportFormat format) throws IOException {
    this.out = out;
    this.format = format;
    this.printer = Csv.exact(out);
  }

  /**
   * Begins a file.
   *
   * @param out closed together with the file
   */
  public static ExportFile begin(OutputStream out, ExportFormat format, ByteOrderMark mark)
      throws IOException {
    ExportFile file = new ExportFile(mark.begin(out), format);
    file.printer.printRecord(format.header());
    return file;
  }

  /**
   * Begins a part of a file. It has no header.
   *
   * @param out closed together with the part
   */
  public static ExportFile part(OutputStream out, ExportFormat format) throws IOException {
    return new ExportFile(out, format);
  }

  /**
   * Writes the line for an account. Returns a message for each value that no cell can hold; its
   * cell stays blank.
   *
   * @param workspace the workspace of the account
   */
  public List<String> append(String workspace, Account account) throws IOException {
    Line line = new Line(workspace, account);
    printer.printRecord(line.cells);
    return line.messages;
  }

  /** Writes what is still in memory. */
  public void flush() throws IOException {
    printer.flush();
  }

  /** Appends the lines of a {@linkplain #part part} of this format. */
  public void append(Path part) throws IOException {
    printer.flush();
    Files.copy(part, out);
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }

  private final class Line {

    private final String name;
    private final Account account;
    final List<String> cells = new ArrayList<>();
    final List<String> messages = new ArrayList<>();

    Line(String workspace, Account account) {
      boolean hasWorkspace = format.workspaceColumn() == WorkspaceColumn.PRESENT;
      this.name = (hasWorkspace ? "workspace " + workspace + ", " : "") + "account " + account.id();
      this.account = account;
      cells.add(Long.toString(account.id()));
      cells.add(fromEmail());
      if (hasWorkspace) {
        cells.add(workspace);
      }
      format.fields().forEach(field -> cells.add(cell(field)));
    }

    private String fromEmail() {
      String address = account.fromEmail();
      if (address == null || address.isEmpty() || Cells.isMailAddress(address)) {
        return address == null ? "" : address;
      }
      return blank("from_email", Cells.shown(address), "is not an email address");
    }

    private String cell(AccountField field) {
      SettingValue value = account.valuesByField().get(field);
      if (value == null || value.toString().isEmpty()) {
        return "";
      }
      String cell = field.cell(value);
      if (cell == null) {
        return blank(field.apiName(), shown(value), "a cell cannot hold");
      }
      if (field.parse(cell, format.zeroLimit()) == null) {
        return blank(field.apiName(), cell, "a cell can hold only with --allow-zero");
      }
      if (format.damagedText() == DamagedText.REFUSED
          && field.isText()
          && TextDamage.find(value.toString()) != null) {
        return blank(
            field.apiName(), shown(value), "a cell can hold only with --allow-damaged-text");
      }
      return cell;
    }

    private String blank(String column, String shown, String why) {
      messages.add(name + ": " + column + " is " + shown + ", which " + why);
      return "";
    }
  }

  private static String shown(SettingValue value) {
    if (!(value instanceof SettingValue.Text text)) {
      return value.toString();
    }
    return Cells.isBlank(text.value()) ? "blank text" : Cells.shown(text.value());
  }
}
