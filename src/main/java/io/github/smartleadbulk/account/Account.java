package io.github.smartleadbulk.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as the API has shown it, reduced to what this program knows.
 *
 * @param fromEmail its address; null where the answer had none
 * @param valuesByField a field that is not here was not told: its value is unknown, which is not
 *     the same as none
 */
public record Account(
    long id, @Nullable String fromEmail, Map<AccountField, SettingValue> valuesByField) {

  public Account {
    Map<AccountField, SettingValue> copy = new EnumMap<>(AccountField.class);
    copy.putAll(valuesByField);
    valuesByField = Collections.unmodifiableMap(copy);
  }
}
