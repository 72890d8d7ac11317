package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.fill.RowFilling;
import io.github.smartleadbulk.input.AddressBook;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.plan.Expectation;
import io.github.smartleadbulk.plan.UpdatePlan;
import io.github.smartleadbulk.run.ComparedRun;
import io.github.smartleadbulk.run.RowAddresses;
import io.github.smartleadbulk.run.RunAccounts;
import io.github.smartleadbulk.state.JournalledRun;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what to do with rows, based on the accounts that the run has read. For one thread. */
final class RowPlanner implements AutoCloseable {

  private final RunContext context;
  private final RunAccounts accounts;
  private final @Nullable RunAccounts planned;
  private final Set<AccountField> fields;
  private final RowFilling filling;
  private final RowAddresses addresses;

  RowPlanner(RunContext context) {
    this.context = context;
    this.accounts = RunAccounts.open(context.store(), context.prepared().run());
    ComparedRun comparedRun = context.options().comparedRun();
    this.planned =
        comparedRun != null && comparedRun.kind() == ComparedRun.Kind.PLAN
            ? RunAccounts.open(
                context.store(), context.store().runs().find(comparedRun.run()).orElseThrow())
            : null;
    this.filling = context.filling();
    this.addresses = new RowAddresses(context.prepared().input().header(), accounts, planned);
    this.fields =
        context.prepared().input().header().columns().stream()
            .filter(Column.Setting.class::isInstance)
            .map(column -> ((Column.Setting) column).field())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Receives rows and what to do with them. */
  interface Sink {
    void accept(InputRow row, PlannedRow planned) throws IOException;
  }

  /**
   * Plans every row that has no recorded outcome and is not joined to another row, except those of
   * workspaces that are not ready.
   *
   * @return false if the run was stopped before the last row
   */
  static boolean forEachOpenRow(RunContext context, Sink sink) throws IOException {
    return forEachOpenRow(context, OpenWorkspace::isReady, sink);
  }

  /**
   * Plans the open rows of some workspaces.
   *
   * @return false if the run was stopped before the last row
   */
  static boolean forEachOpenRow(RunContext context, Predicate<OpenWorkspace> chosen, Sink sink)
      throws IOException {
    JournalledRun journalled = context.journalled();
    try (RowPlanner planner = new RowPlanner(context);
        InputRows rows = context.prepared().input().rows(context.duplicates(), planner.accounts)) {
      rows.skip(context.rowsWritten());
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        if (context.isStopped()) {
          return false;
        }
        if (!(row.verdict() instanceof RowVerdict.Joined)
            && !journalled.isEnded(row.row().number())
            && chosen.test(context.workspace(row))) {
          sink.accept(row, planner.plan(row));
        }
      }
      return true;
    }
  }

  /** Finds the accounts of rows by their addresses. */
  AddressBook addressBook() {
    return accounts;
  }

  /**
   * Plans a row.
   *
   * @param row a row that is not joined to another row
   */
  PlannedRow plan(InputRow row) {
    RowVerdict verdict = row.verdict();
    if (verdict instanceof RowVerdict.Invalid invalid) {
      return ended(row, RowStatus.INVALID, invalid.message());
    }
    if (verdict instanceof RowVerdict.Nothing && !context.options().isRollback()) {
      return ended(row, RowStatus.SKIPPED, verdict.message());
    }
    Long id = row.accountId();
    if (id == null) {
      return ended(row, RowStatus.FAILED, addresses.notFound(row));
    }
    SeenAccount seen = asBeforeTheRun(row, id, accounts.find(row.workspace(), id).orElse(null));
    String mismatch = addresses.mismatch(row, id, seen);
    return mismatch == null ? plan(row, id, seen) : ended(row, RowStatus.FAILED, mismatch);
  }

  /**
   * Restores the account's values from before the run if a call for the row was in flight when an
   * earlier process ended: the present values may come from that call.
   */
  private @Nullable SeenAccount asBeforeTheRun(InputRow row, long id, @Nullable SeenAccount seen) {
    Changes underWay = context.journalled().changesUnderWay().get(row.row().number());
    if (underWay == null) {
      return seen;
    }
    Account now = seen == null ? new Account(id, null, Map.of()) : seen.latest();
    Map<AccountField, SettingValue> first = new EnumMap<>(AccountField.class);
    first.putAll(seen == null ? Map.of() : seen.first().valuesByField());
    first.keySet().removeAll(underWay.after().keySet());
    first.putAll(underWay.before());
    return new SeenAccount(new Account(id, now.fromEmail(), first), now);
  }

  private PlannedRow plan(InputRow row, long id, @Nullable SeenAccount seen) {
    RowVerdict verdict = row.verdict();
    if (filling.takesAccount(row)) {
      verdict = filled(row, id, seen);
      Optional<SeenAccount> then =
          planned == null ? Optional.empty() : planned.find(row.workspace(), id);
      if (then.isPresent() && !filled(row, id, then.get()).equals(verdict)) {
        return ended(
            row,
            RowStatus.FAILED,
            "an account value that a template uses has changed since the row was planned");
      }
    }
    if (verdict instanceof RowVerdict.Invalid invalid) {
      return ended(
          row,
          RowStatus.INVALID,
          invalid.message() + (seen == null ? "; " + addresses.notSeen(row) : ""));
    }
    if (verdict instanceof RowVerdict.Nothing && !context.options().isRollback()) {
      return ended(row, RowStatus.SKIPPED, verdict.message());
    }
    return verdict instanceof RowVerdict.Valid valid
        ? plan(row, id, valid.valuesByField(), seen)
        : plan(row, id, Map.of(), seen);
  }

  private RowVerdict filled(InputRow row, long id, @Nullable SeenAccount seen) {
    return filling
        .complete(row, seen == null ? new Account(id, null, Map.of()) : seen.first())
        .verdict();
  }

  private PlannedRow plan(
      InputRow row, long id, Map<AccountField, SettingValue> wanted, @Nullable SeenAccount seen) {
    UpdatePlan plan =
        UpdatePlan.of(
            wanted,
            seen,
            expectation(row, new WorkspaceAccount(row.workspace(), id), seen),
            context.options().force());
    if (!plan.toSend().isEmpty()) {
      return new PlannedRow.ToSend(
          row,
          new AccountUpdate(id, plan.toSend()),
          seen == null || seen.latest().fromEmail() == null
              ? row.fromEmail()
              : seen.latest().fromEmail(),
          new Changes(plan.before(), plan.toSend()),
          plan.conflicts(),
          plan.kept());
    }
    RowStatus status =
        !plan.conflicts().isEmpty()
            ? RowStatus.FAILED
            : plan.kept().isEmpty() ? RowStatus.UNCHANGED : RowStatus.KEPT;
    return ended(
        row,
        status,
        Stream.concat(plan.conflicts().stream(), plan.kept().stream())
            .collect(Collectors.joining("; ")));
  }

  private String whyUnknown(InputRow row, @Nullable SeenAccount seen) {
    return seen == null ? addresses.notSeen(row) : "its present value is not known";
  }

  private static PlannedRow ended(InputRow row, RowStatus status, String message) {
    return new PlannedRow.Ended(RowOutcomes.notSent(row, status, message));
  }

  private Expectation expectation(
      InputRow row, WorkspaceAccount account, @Nullable SeenAccount seen) {
    ComparedRun comparedRun = context.options().comparedRun();
    if (comparedRun == null) {
      return context.options().onlyRaise()
          ? Expectation.onlyRaised(whyUnknown(row, seen))
          : Expectation.none();
    }
    if (planned != null) {
      return planned
          .find(row.workspace(), account.id())
          .map(then -> Expectation.asPlanned(then.latest().valuesByField()))
          .orElseGet(Expectation::none);
    }
    Changes changes =
        context
            .store()
            .outcomes()
            .changesOf(comparedRun.run(), account)
            .orElseGet(() -> new Changes(Map.of(), Map.of()));
    return Expectation.asLeftBy(comparedRun.run(), changes, fields);
  }

  @Override
  public void close() {
    try (accounts;
        planned) {
      // Both are closed, even if one fails to close.
    }
  }
}
