package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.state.Outcomes.RunOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run did to an account: one row of its input.
 *
 * @param command what the run was, such as {@code rollback of run 2}
 * @param changedFields the settings that were sent, by their names in requests
 * @param changes what was sent; empty if nothing was sent
 * @param finishedAt when the outcome was known; null if no call was made
 */
public record AccountEntry(
    int run,
    String command,
    long row,
    long line,
    String workspace,
    @Nullable Long emailAccountId,
    String status,
    List<String> changedFields,
    List<FieldChange> changes,
    @Nullable Integer httpStatus,
    int attempts,
    String message,
    @Nullable Instant finishedAt) {

  /**
   * The change of a setting.
   *
   * @param before the value before; null if the setting was empty or the value is not known
   * @param beforeKnown whether the value before is known
   * @param after the value that was sent; null if the setting was emptied
   */
  public record FieldChange(
      String field, @Nullable Object before, boolean beforeKnown, @Nullable Object after) {

    static FieldChange of(AccountField field, @Nullable SettingValue before, SettingValue after) {
      return new FieldChange(
          field.apiName(), before == null ? null : before.json(), before != null, after.json());
    }

    /** The value before; null if it is not known. */
    public @Nullable SettingValue valueBefore() {
      return beforeKnown ? SettingValue.of(before) : null;
    }

    public SettingValue valueAfter() {
      return SettingValue.of(after);
    }
  }

  /** A row of which only the outcome was read. */
  public static AccountEntry of(int run, RowOutcome outcome, String command) {
    return of(new RunOutcome(run, outcome, null), command);
  }

  static AccountEntry of(RunOutcome found, String command) {
    RowOutcome outcome = found.outcome();
    List<FieldChange> changes = new ArrayList<>();
    if (found.changes() != null) {
      for (Map.Entry<AccountField, SettingValue> change :
          new TreeMap<>(found.changes().after()).entrySet()) {
        changes.add(
            FieldChange.of(
                change.getKey(), found.changes().before().get(change.getKey()), change.getValue()));
      }
    }
    return new AccountEntry(
        found.run(),
        command,
        outcome.row(),
        outcome.line(),
        outcome.workspace(),
        outcome.accountId(),
        outcome.status().toString(),
        outcome.changedFields(),
        changes,
        outcome.httpStatus(),
        outcome.attempts(),
        outcome.message(),
        outcome.finishedAt());
  }

  /** Whether the row was for an account. */
  public boolean isOf(WorkspaceAccount account) {
    return account.equals(
        emailAccountId == null ? null : new WorkspaceAccount(workspace, emailAccountId));
  }

  /** Whether the row changed the account, may have changed it, or should have. */
  public boolean hasNews() {
    return !changes.isEmpty()
        || RowStatus.NEEDING_ATTENTION.stream().anyMatch(one -> one.toString().equals(status));
  }
}
