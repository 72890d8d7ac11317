package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.Header;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.state.SeenAccounts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the addresses in rows with those of the accounts.
 *
 * @param wholeList whether no account is missing from {@code accounts}
 * @param planned the accounts as a plan has seen them; null where there was none
 */
record RowAddresses(
    Header header, SeenAccounts accounts, boolean wholeList, @Nullable SeenAccounts planned) {

  /** Why a row without an id has no account. */
  String notFound(InputRow row) {
    String address = String.valueOf(row.fromEmail());
    List<Long> ids = accounts.find(address);
    if (ids.isEmpty() && !wholeList) {
      return "the address "
          + address
          + " was not found, but the account list could not be read whole: an account may have it";
    }
    return ids.isEmpty()
        ? "no account has the address " + address
        : "accounts " + listed(ids) + " have the address " + address + ": give the id";
  }

  /** What is wrong with a row's address, given its account; null for nothing. */
  @Nullable String mismatch(InputRow row, long id, @Nullable SeenAccount seen) {
    String mismatch = mismatch(id, row.fromEmail(), seen);
    return mismatch == null ? moved(row, id) : mismatch;
  }

  /** What is wrong with a row's address, given that it names its account by id. */
  private @Nullable String mismatch(long id, @Nullable String address, @Nullable SeenAccount seen) {
    if (address == null) {
      return null;
    }
    String known = seen == null ? null : seen.first().fromEmail();
    if (known != null) {
      return known.strip().toLowerCase(Locale.ROOT).equals(address.toLowerCase(Locale.ROOT))
          ? null
          : "account " + id + " has the address " + known + ", not " + address;
    }
    List<Long> others = accounts.find(address);
    if (others.isEmpty() || others.contains(id)) {
      return null;
    }
    return wholeList
        ? "the address " + address + " is that of account " + others.get(0) + ", not of " + id
        : "the address %s is that of account %d; whether also of %d, --snapshot full tells"
            .formatted(address, others.get(0), id);
  }

  /** Why a row's address does not mean the account that it meant when the row was planned. */
  private @Nullable String moved(InputRow row, long id) {
    String address = row.fromEmail();
    if (planned == null || address == null) {
      return null;
    }
    List<Long> then = planned.find(address);
    if (then.equals(List.of(id)) || (hasId(row) && (then.isEmpty() || then.contains(id)))) {
      return null;
    }
    String now = "the address %s is that of account %d now and was that of ".formatted(address, id);
    return now + (then.isEmpty() ? "none" : listed(then)) + " when planned";
  }

  private boolean hasId(InputRow row) {
    int column = header.indexOf(Column.ACCOUNT_ID);
    return column >= 0 && !Cells.isBlank(row.row().cells().get(column));
  }

  private static String listed(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }
}
