package io.github.smartleadbulk.plan;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an account has to be like for a row to be applied. */
public interface Expectation {

  /**
   * What stands against setting a field.
   *
   * @param now null where it is not known
   * @return null if nothing does
   */
  @Nullable String conflict(AccountField field, SettingValue wanted, @Nullable SettingValue now);

  /**
   * Why a field is left as it is although it is not as wanted, with which all is well.
   *
   * @param now null where it is not known
   * @return null if it is not to be left so
   */
  default @Nullable String reprieve(
      AccountField field, SettingValue wanted, @Nullable SettingValue now) {
    return null;
  }

  /** What stands against the row whatever the account is like. */
  default List<String> objections() {
    return List.of();
  }

  /** Whether one conflict keeps the whole row from being sent. */
  default boolean isOfTheWholeRow() {
    return false;
  }

  /** Any account will do. */
  static Expectation none() {
    return (field, wanted, now) -> null;
  }

  /**
   * The account is as it was when the row was planned, or as the row wants it.
   *
   * @param planned the values then; fields that are not here were not known
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
            ? "%s was %s when planned and is not known now"
                .formatted(field.apiName(), Difference.of(null, then).after())
            : differs("%s was %s when planned and is %s now", field, then, now);
      }

      @Override
      public boolean isOfTheWholeRow() {
        return true;
      }
    };
  }

  /**
   * The account is as a run has left it, or as it was before: what somebody has changed since
   * stays.
   *
   * @param run its number, for messages
   * @param fields those that are to be put back
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
                "%s left alone: run " + run + " had set %s and it is %s now", field, left, now);
      }

      @Override
      public List<String> objections() {
        List<String> objections = new ArrayList<>();
        for (AccountField field : AccountField.values()) {
          if (fields.contains(field)
              && changes.after().containsKey(field)
              && Restoring.of(field, changes.before().get(field))
                  instanceof Restoring.Impossible impossible) {
            objections.add(field.apiName() + " not put back: " + impossible.why());
          }
        }
        return objections;
      }
    };
  }

  /**
   * No daily limit is lowered: one that is higher stays, one that is not known is not touched.
   *
   * @param unknown why it is not known where it is not, for people
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
                + " may lower it (--allow-decrease)";
      }

      @Override
      public @Nullable String reprieve(
          AccountField field, SettingValue wanted, @Nullable SettingValue now) {
        return field.isDailyLimit()
                && now instanceof SettingValue.Whole present
                && wanted instanceof SettingValue.Whole limit
                && present.value() > limit.value()
            ? "%s is %s, the ramp says %s: not lowered (--allow-decrease)"
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
