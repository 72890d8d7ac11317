package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.Header;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.Inspection;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An account that the user asks for.
 *
 * @param id null if only the address is known
 * @param address null if only the id is known
 */
public record RequestedAccount(@Nullable Long id, @Nullable String address) {

  /**
   * Parses an id or an address.
   *
   * @throws UsageException if it is neither an id nor an address
   */
  public static RequestedAccount of(String idOrAddress) {
    Long id = Cells.parseAccountId(idOrAddress);
    String address = Cells.stripped(idOrAddress);
    if (id == null && !Cells.isMailAddress(address)) {
      throw new UsageException(
          "--account: found " + Cells.shown(idOrAddress) + ", expected an id or a mail address");
    }
    return new RequestedAccount(id, id == null ? address : null);
  }

  public static RequestedAccount of(Account account) {
    String address = account.fromEmail();
    return new RequestedAccount(account.id(), address == null ? null : address.strip());
  }

  public boolean is(Account account) {
    return is(account.id(), account.fromEmail());
  }

  private boolean is(@Nullable Long otherId, @Nullable String otherAddress) {
    return (id != null && id.equals(otherId))
        || (address != null
            && otherAddress != null
            && address.equalsIgnoreCase(otherAddress.strip()));
  }

  /** Whether a row may name the account in the other way, which only the account list shows. */
  public boolean mayBeToldOtherwise(Header header) {
    return header.indexOf(id == null ? Column.ACCOUNT_ID : Column.FROM_EMAIL) >= 0;
  }

  /**
   * Finds the first row for the account in each workspace, as far as the file alone shows.
   *
   * @param workspaces the workspaces to search
   */
  public List<InputRow> findRows(InputFile file, Predicate<String> workspaces) throws IOException {
    Map<String, InputRow> rowByWorkspace = new LinkedHashMap<>();
    Inspection inspection = file.inspect(row -> {});
    try (InputRows rows = file.rows(inspection.duplicates())) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        if (is(row.accountId(), row.fromEmail()) && workspaces.test(row.workspace())) {
          rowByWorkspace.putIfAbsent(row.workspace(), row);
        }
      }
    }
    return List.copyOf(rowByWorkspace.values());
  }
}
