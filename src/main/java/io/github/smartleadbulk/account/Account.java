package io.github.smartleadbulk.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account from an API answer, reduced to the fields that this program knows.
 *
 * @param fromEmail its address; null if the answer had none
 * @param valuesByField the values in the answer; the value of a missing field is unknown, which is
 *     not the same as empty
 */
public record Account(
    long id, @Nullable String fromEmail, Map<AccountField, SettingValue> valuesByField) {

  public Account {
    Map<AccountField, SettingValue> copy = new EnumMap<>(AccountField.class);
    copy.putAll(valuesByField);
    valuesByField = Collections.unmodifiableMap(copy);
  }
}
