package io.github.smartleadbulk.account;

import java.util.Map;

/**
 * What a row has changed in its account, or may have.
 *
 * @param before the values that the fields had, of those where it is known
 * @param after what was sent
 */
public record Changes(
    Map<AccountField, SettingValue> before, Map<AccountField, SettingValue> after) {

  public Changes {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }
}
