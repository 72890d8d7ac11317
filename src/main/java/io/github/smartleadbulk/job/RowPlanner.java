package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.plan.Expectation;
import io.github.smartleadbulk.plan.UpdatePlan;
import io.github.smartleadbulk.state.SeenAccounts;
import io.github.smartleadbulk.state.Snapshot;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is to be done about rows, by what the run has seen of the accounts. For one thread. */
final class RowPlanner implements AutoCloseable {

  private final RunContext context;
  private final SeenAccounts accounts;
  private final boolean wholeList;
  private final @Nullable SeenAccounts planned;
  private final Set<AccountField> fields;

  RowPlanner(RunContext context) {
    this.context = context;
    this.accounts = context.store().snapshots().open(context.run());
    this.wholeList =
        context.store().snapshots().find(context.run()).filter(Snapshot::complete).isPresent();
    Basis basis = context.options().basis();
    this.planned =
        basis != null && basis.kind() == Basis.Kind.PLAN
            ? context.store().snapshots().open(basis.run())
            : null;
    this.fields =
        context.prepared().input().header().columns().stream()
            .filter(Column.Setting.class::isInstance)
            .map(column -> ((Column.Setting) column).field())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** All rows of the input, with the ids that their addresses stand for. */
  InputRows rows() throws IOException {
    InputFile input = context.prepared().input();
    return input.rows(context.duplicates(), accounts::find);
  }

  PlannedRow plan(InputRow row) {
    RowVerdict verdict = row.verdict();
    if (verdict instanceof RowVerdict.Joined joined) {
      return new PlannedRow.Joined(row.row(), joined.leaderRow());
    }
    if (verdict instanceof RowVerdict.Invalid invalid) {
      return ended(row, RowStatus.INVALID, invalid.message());
    }
    Map<AccountField, SettingValue> wanted =
        verdict instanceof RowVerdict.Valid valid ? valid.valuesByField() : Map.of();
    if (wanted.isEmpty() && !isRollback()) {
      return ended(row, RowStatus.SKIPPED, verdict.message());
    }
    Long id = row.accountId();
    if (id == null) {
      return ended(row, RowStatus.FAILED, notFound(row));
    }
    SeenAccount seen = accounts.find(id).orElse(null);
    String mismatch = mismatch(id, row.fromEmail(), seen);
    if (mismatch == null) {
      mismatch = moved(row, id);
    }
    return mismatch == null ? plan(row, id, wanted, seen) : ended(row, RowStatus.FAILED, mismatch);
  }

  private PlannedRow plan(
      InputRow row, long id, Map<AccountField, SettingValue> wanted, @Nullable SeenAccount seen) {
    UpdatePlan plan = UpdatePlan.of(wanted, seen, expectation(id, seen), context.options().force());
    if (!plan.toSend().isEmpty()) {
      return new PlannedRow.ToSend(
          row,
          new AccountUpdate(id, plan.toSend()),
          new Changes(plan.before(), plan.toSend()),
          plan.conflicts());
    }
    return plan.conflicts().isEmpty()
        ? ended(row, RowStatus.UNCHANGED, String.join("; ", plan.reprieves()))
        : ended(row, RowStatus.FAILED, String.join("; ", plan.conflicts()));
  }

  private static PlannedRow ended(InputRow row, RowStatus status, String message) {
    return new PlannedRow.Ended(RowOutcomes.notSent(row, status, message));
  }

  private boolean isRollback() {
    Basis basis = context.options().basis();
    return basis != null && basis.kind() == Basis.Kind.ROLLBACK;
  }

  private Expectation expectation(long id, @Nullable SeenAccount seen) {
    Basis basis = context.options().basis();
    if (basis == null) {
      return context.options().onlyRaise()
          ? Expectation.onlyRaised(seen != null)
          : Expectation.none();
    }
    if (planned != null) {
      return planned
          .find(id)
          .map(account -> Expectation.asPlanned(account.latest().valuesByField()))
          .orElseGet(Expectation::none);
    }
    Changes changes =
        context
            .store()
            .outcomes()
            .changesOf(basis.run(), id)
            .orElseGet(() -> new Changes(Map.of(), Map.of()));
    return Expectation.asLeftBy(basis.run(), changes, fields);
  }

  private String notFound(InputRow row) {
    String address = String.valueOf(row.fromEmail());
    List<Long> ids = accounts.find(address);
    return ids.isEmpty()
        ? "no account has the address " + address
        : "accounts " + listed(ids) + " have the address " + address + ": give the id";
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
    int column = context.prepared().input().header().indexOf(Column.ACCOUNT_ID);
    return column >= 0 && !Cells.isBlank(row.row().cells().get(column));
  }

  private static String listed(List<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }

  @Override
  public void close() {
    try (accounts;
        planned) {
      // Both, whatever happens to one.
    }
  }
}
