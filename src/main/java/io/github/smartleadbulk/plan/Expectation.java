package io.github.smartleadbulk.plan;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The condition that an account must meet before a row is applied to it. */
public interface Expectation {

  /**
   * Why a field must not be set.
   *
   * @param now the present value; null if it is not known
   * @return null if it may be set
   */
  @Nullable String conflict(AccountField field, SettingValue wanted, @Nullable SettingValue now);

  /**
   * Why a field keeps a value other than the wanted one, where that is fine and the row does not
   * fail.
   *
   * @param now the present value; null if it is not known
   * @return null if there is no such reason
   */
  default @Nullable String whyKept(
      AccountField field, SettingValue wanted, @Nullable SettingValue now) {
    return null;
  }

  /** The problems of the row that do not depend on the account's present values. */
  default List<String> objections() {
    return List.of();
  }

  /** Whether one conflict stops the whole row. */
  default boolean isOfTheWholeRow() {
    return false;
  }

  /** Accepts any account. */
  static Expectation none() {
    return (field, wanted, now) -> null;
  }

  /**
   * Accepts an account that has the values from when the row was planned, or already those that the
   * row sets.
   *
   * @param planned the values from then; fields not in the map were not known
   */
  static Expectation asPlanned(Map<AccountField, SettingValue> planned) {
    return new Expectation() {
      @Override
      public @Nullable String conflict(
          AccountField field, SettingValue wanted, @Nullable SettingValue now) {
        SettingValue then = planned.get(field);
        if (then == null
            || (now != null && (field.isSame(now, then) || field.isSame(now, wanted)))) {
          return null;
        }
        return now == null
            ? "%s was %s when planned and is now not known"
                .formatted(field.apiName(), Difference.of(null, then).after())
            : differs("%s was %s when planned and is now %s", field, then, now);
      }

      @Override
      public boolean isOfTheWholeRow() {
        return true;
      }
    };
  }

  /**
   * Accepts a field that still has the value from the run, or already the value from before the
   * run. A field that somebody has changed since keeps its value.
   *
   * @param run the number of the run, for messages
   * @param fields the fields to restore
   */
  static Expectation asLeftBy(int run, Changes changes, Set<AccountField> fields) {
    return new Expectation() {
      @Override
      public @Nullable String conflict(
          AccountField field, SettingValue wanted, @Nullable SettingValue now) {
        SettingValue left = changes.after().get(field);
        if (now == null) {
          return field.apiName() + " left alone: its present value is not known";
        }
        if (field.isSame(now, wanted) || (left != null && field.isSame(now, left))) {
          return null;
        }
        return left == null
            ? field.apiName() + " left alone: run " + run + " did not change it"
            : differs(
                "%s left alone: run " + run + " set it to %s and it is now %s", field, left, now);
      }

      @Override
      public List<String> objections() {
        List<String> objections = new ArrayList<>();
        for (AccountField field : AccountField.values()) {
          if (fields.contains(field)
              && changes.after().containsKey(field)
              && Restoring.of(field, changes.before().get(field))
                  instanceof Restoring.Impossible impossible) {
            objections.add(field.apiName() + " not restored: " + impossible.why());
          }
        }
        return objections;
      }
    };
  }

  /**
   * Lowers no daily limit. A higher limit stays, and an unknown limit is not changed.
   *
   * @param unknown the reason why a limit is not known, for messages
   */
  static Expectation onlyRaised(String unknown) {
    return new Expectation() {
      @Override
      public @Nullable String conflict(
          AccountField field, SettingValue wanted, @Nullable SettingValue now) {
        return !field.isDailyLimit() || now instanceof SettingValue.Whole
            ? null
            : field.apiName()
                + " left alone: "
                + unknown
                + ", so "
                + wanted
                + " might lower it (--allow-decrease allows that)";
      }

      @Override
      public @Nullable String whyKept(
          AccountField field, SettingValue wanted, @Nullable SettingValue now) {
        return field.isDailyLimit()
                && now instanceof SettingValue.Whole present
                && wanted instanceof SettingValue.Whole limit
                && present.value() > limit.value()
            ? "%s is %s, but the ramp says %s: not lowered (--allow-decrease lowers it)"
                .formatted(field.apiName(), present, limit)
            : null;
      }
    };
  }

  private static String differs(
      String format, AccountField field, SettingValue one, SettingValue other) {
    Difference difference = Difference.of(one, other);
    return format.formatted(field.apiName(), difference.before(), difference.after());
  }
}
