package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.TextDamage;
import io.github.smartleadbulk.account.ZeroLimit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/**
 * Accounts as an input for {@code update}. Unedited, the file changes nothing: an empty value
 * becomes a blank cell, which leaves the value alone.
 */
public final class ExportFile implements AutoCloseable {

  private final CSVPrinter printer;
  private final List<AccountField> fields;
  private final ZeroLimit zeroLimit;
  private final DamagedText damagedText;

  /**
   * @param out closed together with this file
   * @param zeroLimit whether the update that will read the file allows a limit of 0
   * @param damagedText whether that update allows damaged texts
   */
  public ExportFile(
      OutputStream out,
      List<AccountField> fields,
      ZeroLimit zeroLimit,
      DamagedText damagedText,
      ByteOrderMark mark)
      throws IOException {
    this.fields = List.copyOf(fields);
    this.zeroLimit = zeroLimit;
    this.damagedText = damagedText;
    printer = Csv.exact(mark.begin(out));
    List<String> header = new ArrayList<>(List.of("email_account_id", "from_email"));
    fields.forEach(field -> header.add(field.apiName()));
    printer.printRecord(header);
  }

  /**
   * Writes the line for an account. Returns a message for each value that no cell can hold; its
   * cell stays blank.
   */
  public List<String> append(Account account) throws IOException {
    Line line = new Line(account);
    printer.printRecord(line.cells);
    return line.messages;
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }

  private final class Line {

    private final Account account;
    final List<String> cells = new ArrayList<>();
    final List<String> messages = new ArrayList<>();

    Line(Account account) {
      this.account = account;
      cells.add(Long.toString(account.id()));
      cells.add(fromEmail());
      fields.forEach(field -> cells.add(cell(field)));
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
      if (field.parse(cell, zeroLimit) == null) {
        return blank(field.apiName(), cell, "a cell can hold only with --allow-zero");
      }
      if (damagedText == DamagedText.REFUSED
          && field.isText()
          && TextDamage.find(value.toString()) != null) {
        return blank(
            field.apiName(), shown(value), "a cell can hold only with --allow-damaged-text");
      }
      return cell;
    }

    private String blank(String column, String shown, String why) {
      messages.add("account " + account.id() + ": " + column + " is " + shown + ", which " + why);
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
