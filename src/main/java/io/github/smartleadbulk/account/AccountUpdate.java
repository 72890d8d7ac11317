package io.github.smartleadbulk.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a row asks of an account: only the fields that the row sets. A field that is not here is not
 * in the request and stays as it is.
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
