package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.ZeroLimit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of an update as strictly as SmartLead does. */
final class UpdateBody {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Map<AccountField, JsonType> TYPES_BY_FIELD =
      new EnumMap<>(AccountField.class);

  static {
    for (AccountField field : AccountField.values()) {
      TYPES_BY_FIELD.put(field, JsonType.of(field));
    }
  }

  private UpdateBody() {}

  /**
   * @throws RefusedException with the error answer
   */
  static Map<AccountField, SettingValue> read(byte[] body) throws RefusedException {
    JsonNode root = tree(body);
    if (!root.isObject()) {
      throw refused("value", "\"value\" must be of type object");
    }
    Map<AccountField, SettingValue> valuesByField = new EnumMap<>(AccountField.class);
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      AccountField field = AccountField.find(property.getKey());
      if (field == null) {
        throw refused(property.getKey(), "\"" + property.getKey() + "\" is not allowed");
      }
      valuesByField.put(field, value(field, property.getValue()));
    }
    if (valuesByField.isEmpty()) {
      throw refused("value", "\"value\" must have at least 1 key");
    }
    return valuesByField;
  }

  private static JsonNode tree(byte[] body) throws RefusedException {
    try {
      JsonNode root = JSON.readTree(body);
      if (!root.isMissingNode()) {
        return root;
      }
    } catch (JacksonException invalid) {
      // SmartLead's answer does not say where the JSON is wrong.
    }
    throw new RefusedException(ErrorAnswers.message(400, "Invalid request payload JSON format"));
  }

  private static SettingValue value(AccountField field, JsonNode json) throws RefusedException {
    String name = "\"" + field.apiName() + "\" ";
    if (json.isNull() && field.cleared() instanceof SettingValue.None none) {
      return none;
    }
    JsonType type = TYPES_BY_FIELD.get(field);
    if (type == null || !type.isOf(json)) {
      throw refused(field.apiName(), name + (type == null ? "" : type.complaint));
    }
    SettingValue value =
        type == JsonType.STRING ? text(field, json.stringValue()) : other(field, json);
    if (value == null) {
      throw new RefusedException(
          ErrorAnswers.unprocessable(field.apiName(), name + "has an invalid value"));
    }
    return value;
  }

  /** Reads a text exactly. Only "" is special: it empties the setting. */
  private static @Nullable SettingValue text(AccountField field, String text) {
    SettingValue.Text value = new SettingValue.Text(text);
    if (text.isEmpty()) {
      return value.equals(field.cleared()) ? value : null;
    }
    boolean anyText = field.parse("1", ZeroLimit.ALLOWED) != null;
    if (anyText) {
      return value;
    }
    // "<clear>" has a meaning only in a CSV. Here it is neither a host nor an address.
    return field.parse(text, ZeroLimit.ALLOWED) instanceof SettingValue.Text found
            && found.equals(value)
        ? value
        : null;
  }

  private static @Nullable SettingValue other(AccountField field, JsonNode json) {
    return field.parse(json.asString(), ZeroLimit.ALLOWED);
  }

  private static RefusedException refused(String key, String message) {
    return new RefusedException(ErrorAnswers.validation("body", message, List.of(key)));
  }
}
