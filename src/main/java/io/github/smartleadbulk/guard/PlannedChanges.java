package io.github.smartleadbulk.guard;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Amount;
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
  private final long done;
  private long count;
  private long exemptedRows;
  private long exempted;
  private long emptied;
  private long withBcc;
  private @Nullable SettingValue bcc;
  private boolean sameBcc = true;
  private long increases;
  private @Nullable String firstIncrease;
  private @Nullable Share neededIncrease;

  /**
   * @param rows number of rows in the input
   * @param done accounts that the run has changed already
   */
  public PlannedChanges(long rows, long done) {
    this.rows = rows;
    this.done = done;
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
      Share needed = most.raisedTo(after.value() - before.value(), before.value());
      if (neededIncrease == null || needed.number() > neededIncrease.number()) {
        neededIncrease = needed;
      }
      if (firstIncrease == null) {
        firstIncrease =
            "line %d, account %d from %s to %s".formatted(line, accountId, before, after);
      }
    }
  }

  /** So many rows do not count for the bound on changes. */
  void exemptRows(long number) {
    exemptedRows += number;
  }

  /** The row that was added last is one of those that do not count. */
  void exempt() {
    exempted++;
  }

  /** The number of accounts that would change. */
  public long count() {
    return count;
  }

  /** The objections of the guards. */
  public List<Objection> objections(Guards guards, boolean restores) {
    List<Objection> objections = new ArrayList<>();
    Share maxChanges = guards.maxChanges();
    long counted = done + count - exempted;
    long of = rows - exemptedRows;
    if (maxChanges != null && maxChanges.isExceededBy(counted, of)) {
      objections.add(
          new Objection(
              "guard --max-changes %s: %s of %s would change"
                  .formatted(maxChanges, Amount.of(counted, "account"), Amount.of(of, "row")),
              "--max-changes " + maxChanges.raisedTo(counted, of)));
    }
    if (increases > 0) {
      objections.add(
          new Objection(
              "guard --max-increase %s: the daily limit of %s would rise by more, first %s"
                  .formatted(guards.maxIncrease(), Amount.of(increases, "account"), firstIncrease),
              "--max-increase " + neededIncrease));
    }
    if (restores) {
      return objections;
    }
    if (!guards.allowEmptying() && emptied > FEW && 100 * emptied > EMPTIED_PERCENT * rows) {
      objections.add(
          new Objection(
              "guard: the signatures of %s of %s would be emptied"
                  .formatted(Amount.of(emptied, "account"), Amount.of(rows, "row")),
              "--allow-emptying"));
    }
    if (!guards.allowSameBcc() && sameBcc && withBcc > FEW && withBcc == count) {
      objections.add(
          new Objection(
              "guard: all %s would set the same BCC address, %s"
                  .formatted(Amount.of(withBcc, "row"), bcc),
              "--allow-same-bcc"));
    }
    return objections;
  }
}
