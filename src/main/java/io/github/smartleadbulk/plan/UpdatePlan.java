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
 * What a row comes to, given its account: only what differs is sent.
 *
 * @param toSend empty where nothing differs, or nothing may be sent
 * @param before the values that these fields have now, of those where it is known
 * @param conflicts what stands against fields that are not sent, for people
 * @param reprieves why fields are not sent with which all is well, for people
 */
public record UpdatePlan(
    Map<AccountField, SettingValue> toSend,
    Map<AccountField, SettingValue> before,
    List<String> conflicts,
    List<String> reprieves) {

  public UpdatePlan {
    toSend = Collections.unmodifiableMap(toSend);
    before = Collections.unmodifiableMap(before);
    conflicts = List.copyOf(conflicts);
    reprieves = List.copyOf(reprieves);
  }

  /**
   * Plans a row.
   *
   * @param wanted what the row sets
   * @param seen null where the account was not seen: then nothing is known of it
   * @param force sends also what is already so
   */
  public static UpdatePlan of(
      Map<AccountField, SettingValue> wanted,
      @Nullable SeenAccount seen,
      Expectation expectation,
      boolean force) {
    Map<AccountField, SettingValue> toSend = new EnumMap<>(AccountField.class);
    Map<AccountField, SettingValue> before = new EnumMap<>(AccountField.class);
    List<String> conflicts = new ArrayList<>(expectation.objections());
    List<String> reprieves = new ArrayList<>();
    wanted.forEach(
        (field, value) -> {
          SettingValue first = seen == null ? null : seen.first().valuesByField().get(field);
          SettingValue latest = seen == null ? null : seen.latest().valuesByField().get(field);
          String conflict = force ? null : expectation.conflict(field, value, latest);
          if (conflict != null) {
            conflicts.add(conflict);
            return;
          }
          String reprieve = expectation.reprieve(field, value, latest);
          if (reprieve != null) {
            reprieves.add(reprieve);
            return;
          }
          boolean was = isSame(field, first, value);
          boolean is = isSame(field, latest, value);
          // What was not so at first and is so now may be the work of a call of ours that was cut
          // off: it is sent again, so that it counts as changed by this run.
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
      return new UpdatePlan(Map.of(), Map.of(), conflicts, reprieves);
    }
    return new UpdatePlan(toSend, before, conflicts, reprieves);
  }

  private static boolean isSame(
      AccountField field, @Nullable SettingValue known, SettingValue value) {
    return known != null && field.isSame(known, value);
  }
}
