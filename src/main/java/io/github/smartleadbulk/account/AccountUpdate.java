package io.github.smartleadbulk.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The fields that a row sets in an account. Other fields are not in the request and keep their
 * values.
 */
public record AccountUpdate(long accountId, Map<AccountField, SettingValue> valuesByField) {

  /**
   * @throws IllegalArgumentException if the id is not positive or nothing is set
   */
  public AccountUpdate {
    if (accountId < 1) {
      throw new IllegalArgumentException("account id " + accountId + " is not positive");
    }
    if (valuesByField.isEmpty()) {
      throw new IllegalArgumentException("account " + accountId + ": no field is set");
    }
    valuesByField = Collections.unmodifiableMap(new EnumMap<>(valuesByField));
  }
}
