package io.github.smartleadbulk.guard;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run is about to change, as far as guards need to know. */
public final class PlannedChanges {

  /** The fields that guards check in every run, before its first write. */
  public static final Set<AccountField> JUDGED = Set.of(AccountField.SIGNATURE, AccountField.BCC);

  /** A mistake that affects the whole file affects more than one or two accounts. */
  private static final int FEW = 2;

  private static final int EMPTIED_PERCENT = 10;

  private final long rows;
  private long count;
  private long emptied;
  private long withBcc;
  private @Nullable SettingValue bcc;
  private boolean sameBcc = true;
  private long increases;
  private @Nullable String firstIncrease;

  /**
   * @param rows number of rows in the input
   */
  public PlannedChanges(long rows) {
    this.rows = rows;
  }

  public void add(long line, long accountId, Changes changes, Guards guards) {
    count++;
    Map<AccountField, SettingValue> values = changes.after();
    SettingValue signature = values.get(AccountField.SIGNATURE);
    if (signature != null && signature.equals(AccountField.SIGNATURE.cleared())) {
      emptied++;
    }
    SettingValue newBcc = values.get(AccountField.BCC);
    if (newBcc != null && !newBcc.equals(AccountField.BCC.cleared())) {
      withBcc++;
      sameBcc &= bcc == null || bcc.equals(newBcc);
      bcc = newBcc;
    }
    if (guards.maxIncrease() != null) {
      addIncrease(line, accountId, changes, guards.maxIncrease());
    }
  }

  private void addIncrease(long line, long accountId, Changes changes, Share most) {
    AccountField field = AccountField.MAX_EMAIL_PER_DAY;
    if (changes.before().get(field) instanceof SettingValue.Whole before
        && changes.after().get(field) instanceof SettingValue.Whole after
        && after.value() > before.value()
        && most.isExceededBy(after.value() - before.value(), before.value())) {
      increases++;
      if (firstIncrease == null) {
        firstIncrease =
            "line %d, account %d from %s to %s".formatted(line, accountId, before, after);
      }
    }
  }

  /** The number of accounts that would change. */
  public long count() {
    return count;
  }

  /** The objections of the guards, with the way to allow each change. */
  public List<String> objections(Guards guards, boolean restores) {
    List<String> objections = new ArrayList<>();
    Share maxChanges = guards.maxChanges();
    if (maxChanges != null && maxChanges.isExceededBy(count, rows)) {
      objections.add(
          "guard --max-changes %s: %d accounts of %d rows would change (to allow this, give a larger number)"
              .formatted(maxChanges, count, rows));
    }
    if (increases > 0) {
      objections.add(
          "guard --max-increase %s: the daily limit of %d accounts would rise by more, first %s (to allow this, give a larger number)"
              .formatted(guards.maxIncrease(), increases, firstIncrease));
    }
    if (restores) {
      return objections;
    }
    if (!guards.allowEmptying() && emptied > FEW && 100 * emptied > EMPTIED_PERCENT * rows) {
      objections.add(
          "guard: the signatures of %d accounts of %d rows would be emptied (to allow this: --allow-emptying)"
              .formatted(emptied, rows));
    }
    if (!guards.allowSameBcc() && sameBcc && withBcc > FEW && withBcc == count) {
      objections.add(
          "guard: all %d rows would set the same BCC address, %s (to allow this: --allow-same-bcc)"
              .formatted(withBcc, bcc));
    }
    return objections;
  }
}
