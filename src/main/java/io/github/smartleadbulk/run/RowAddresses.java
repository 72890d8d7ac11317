package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.Header;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.state.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the addresses in rows with the addresses of the accounts.
 *
 * @param planned the accounts as the plan saw them; null if there is no plan
 */
public record RowAddresses(Header header, RunAccounts accounts, @Nullable RunAccounts planned) {

  /** Says why a row without an id has no account. */
  public String notFound(InputRow row) {
    String address = String.valueOf(row.fromEmail());
    List<Long> ids = accounts.find(row.workspace(), address);
    Snapshot list = list(row);
    if (ids.isEmpty() && !isWhole(list)) {
      return "the address %s was not found, but an account may have it: %s"
          .formatted(address, notWhole(list));
    }
    return ids.isEmpty()
        ? "no account has the address " + address
        : "accounts " + listed(ids) + " have the address " + address + ": give the id";
  }

  /** Says what is wrong with a row's address, given its account; null if nothing is. */
  @Nullable
  public String mismatch(InputRow row, long id, @Nullable SeenAccount seen) {
    String mismatch = differentAddress(row, id, seen);
    return mismatch == null ? moved(row, id) : mismatch;
  }

  /**
   * Says what is wrong with the address of a row that names its account by id; null if nothing is.
   */
  private @Nullable String differentAddress(InputRow row, long id, @Nullable SeenAccount seen) {
    String address = row.fromEmail();
    if (address == null) {
      return null;
    }
    String known = seen == null ? null : seen.first().fromEmail();
    if (known != null) {
      return known.strip().toLowerCase(Locale.ROOT).equals(address.toLowerCase(Locale.ROOT))
          ? null
          : "account " + id + " has the address " + known + ", not " + address;
    }
    List<Long> others = accounts.find(row.workspace(), address);
    Snapshot list = list(row);
    if (others.isEmpty() || others.contains(id)) {
      return null;
    }
    return isWhole(list)
        ? "the address " + address + " belongs to account " + others.get(0) + ", not to " + id
        : "the address %s belongs to account %d, but it may also belong to account %d: %s"
            .formatted(
                address,
                others.get(0),
                id,
                list == null || list.fault() == null
                    ? "to find out, add --snapshot full"
                    : notWhole(list));
  }

  /**
   * Says why a row's address identifies another account than when the row was planned; null if it
   * does not.
   */
  private @Nullable String moved(InputRow row, long id) {
    String address = row.fromEmail();
    if (planned == null || address == null) {
      return null;
    }
    List<Long> then = planned.find(row.workspace(), address);
    Snapshot plannedList = planned.list(row.workspace()).orElse(null);
    if (then.equals(List.of(id)) || (hasId(row) && (then.isEmpty() || then.contains(id)))) {
      return null;
    }
    String now = "the address %s belongs to account %d now and belonged to ".formatted(address, id);
    if (then.isEmpty() && !isWhole(plannedList)) {
      return "the address %s belongs to account %d now and was not found when planned: %s"
          .formatted(address, id, notWhole(plannedList));
    }
    return now + (then.isEmpty() ? "no account" : listed(then)) + " when planned";
  }

  /** Says why nothing is known about an account that a row names by id. */
  public String notSeen(InputRow row) {
    Snapshot list = list(row);
    return isWhole(list)
        ? "the account is not in the list"
        : "the account was not found, and " + notWhole(list);
  }

  private @Nullable Snapshot list(InputRow row) {
    return accounts.list(row.workspace()).orElse(null);
  }

  private static boolean isWhole(@Nullable Snapshot list) {
    return list != null && list.complete();
  }

  private static String notWhole(@Nullable Snapshot list) {
    String fault = list == null ? null : list.fault();
    return "the account list could not be read in full"
        + (fault == null ? "" : " because " + fault);
  }

  private boolean hasId(InputRow row) {
    int column = header.indexOf(Column.ACCOUNT_ID);
    return column >= 0 && !Cells.isBlank(row.row().cells().get(column));
  }

  private static String listed(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }
}
