package io.github.smartleadbulk.plan;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.account.SettingValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to send for a row, given its account: only the values that differ.
 *
 * @param toSend the values to send; empty if nothing differs or nothing may be sent
 * @param before the present values of these fields, as far as they are known
 * @param conflicts why fields must not be sent, for messages
 * @param kept why fields keep values other than those of the row, for messages
 */
public record UpdatePlan(
    Map<AccountField, SettingValue> toSend,
    Map<AccountField, SettingValue> before,
    List<String> conflicts,
    List<String> kept) {

  public UpdatePlan {
    toSend = Collections.unmodifiableMap(toSend);
    before = Collections.unmodifiableMap(before);
    conflicts = List.copyOf(conflicts);
    kept = List.copyOf(kept);
  }

  /**
   * Plans a row.
   *
   * @param wanted the values that the row sets
   * @param seen null if the account was not seen, so that none of its values are known
   * @param force whether to send values that the account already has
   */
  public static UpdatePlan of(
      Map<AccountField, SettingValue> wanted,
      @Nullable SeenAccount seen,
      Expectation expectation,
      boolean force) {
    Map<AccountField, SettingValue> toSend = new EnumMap<>(AccountField.class);
    Map<AccountField, SettingValue> before = new EnumMap<>(AccountField.class);
    List<String> conflicts = new ArrayList<>(expectation.objections());
    List<String> kept = new ArrayList<>();
    wanted.forEach(
        (field, value) -> {
          SettingValue first = seen == null ? null : seen.first().valuesByField().get(field);
          SettingValue latest = seen == null ? null : seen.latest().valuesByField().get(field);
          String conflict = force ? null : expectation.conflict(field, value, latest);
          if (conflict != null) {
            conflicts.add(conflict);
            return;
          }
          String whyKept = expectation.whyKept(field, value, latest);
          if (whyKept != null) {
            kept.add(whyKept);
            return;
          }
          boolean was = isSame(field, first, value);
          boolean is = isSame(field, latest, value);
          // A value that differed at first and is right now may come from a call of this run that
          // was interrupted. It is sent again and then counts as changed by this run.
          if (was && is && !force) {
            return;
          }
          toSend.put(field, value);
          SettingValue old = is || latest == null ? first : latest;
          if (old != null) {
            before.put(field, old);
          }
        });
    if (!conflicts.isEmpty() && expectation.isOfTheWholeRow()) {
      return new UpdatePlan(Map.of(), Map.of(), conflicts, kept);
    }
    return new UpdatePlan(toSend, before, conflicts, kept);
  }

  private static boolean isSame(
      AccountField field, @Nullable SettingValue known, SettingValue value) {
    return known != null && field.isSame(known, value);
  }
}
