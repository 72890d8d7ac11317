package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values of an account in one database column: a JSON object with the field names of requests.
 */
final class StoredSettings {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final TypeReference<Map<String, @Nullable Object>> SCALARS =
      new TypeReference<>() {};

  private StoredSettings() {}

  /** The fields with these names, which are separated by {@code ;}. */
  static List<AccountField> fields(String names) {
    return Arrays.stream(names.split(";"))
        .map(AccountField::find)
        .filter(Objects::nonNull)
        .toList();
  }

  static String write(Map<AccountField, SettingValue> valuesByField) {
    return JSON.writeValueAsString(SettingValue.json(valuesByField));
  }

  static Map<AccountField, SettingValue> read(@Nullable String stored) {
    Map<AccountField, SettingValue> valuesByField = new EnumMap<>(AccountField.class);
    if (stored != null) {
      JSON.readValue(stored, SCALARS)
          .forEach(
              (name, scalar) -> {
                AccountField field = AccountField.find(name);
                if (field != null) {
                  valuesByField.put(field, SettingValue.of(scalar));
                }
              });
    }
    return valuesByField;
  }
}
