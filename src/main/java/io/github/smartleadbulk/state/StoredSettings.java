package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Values of an account in one column: a JSON object with the fields' names in requests. */
final class StoredSettings {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Map<String, AccountField> FIELDS_BY_NAME =
      Arrays.stream(AccountField.values())
          .collect(Collectors.toUnmodifiableMap(AccountField::apiName, field -> field));

  private StoredSettings() {}

  /** The fields with these names, joined by {@code ;}. */
  static List<AccountField> fields(String names) {
    return Arrays.stream(names.split(";"))
        .map(FIELDS_BY_NAME::get)
        .filter(Objects::nonNull)
        .toList();
  }

  static String write(Map<AccountField, SettingValue> valuesByField) {
    ObjectNode json = JSON.createObjectNode();
    for (Map.Entry<AccountField, SettingValue> entry : valuesByField.entrySet()) {
      String name = entry.getKey().apiName();
      if (entry.getValue() instanceof SettingValue.Whole whole) {
        json.put(name, whole.value());
      } else if (entry.getValue() instanceof SettingValue.Text text) {
        json.put(name, text.value());
      } else if (entry.getValue() instanceof SettingValue.Flag flag) {
        json.put(name, flag.value());
      } else {
        json.putNull(name);
      }
    }
    return JSON.writeValueAsString(json);
  }

  static Map<AccountField, SettingValue> read(@Nullable String stored) {
    Map<AccountField, SettingValue> valuesByField = new EnumMap<>(AccountField.class);
    if (stored != null) {
      for (Map.Entry<String, JsonNode> entry : JSON.readTree(stored).properties()) {
        AccountField field = FIELDS_BY_NAME.get(entry.getKey());
        if (field != null) {
          valuesByField.put(field, value(entry.getValue()));
        }
      }
    }
    return valuesByField;
  }

  private static SettingValue value(JsonNode json) {
    if (json.isIntegralNumber()) {
      return new SettingValue.Whole(json.longValue());
    }
    if (json.isString()) {
      return new SettingValue.Text(json.stringValue());
    }
    return json.isBoolean() ? new SettingValue.Flag(json.booleanValue()) : new SettingValue.None();
  }
}
