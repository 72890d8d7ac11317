package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.ZeroLimit;
import tools.jackson.databind.JsonNode;

/** The JSON type of a field in requests, with the message for a value of another type. */
enum JsonType {
  NUMBER("must be a number"),
  STRING("must be a string"),
  BOOLEAN("must be a boolean");

  final String complaint;

  JsonType(String complaint) {
    this.complaint = complaint;
  }

  /**
   * Finds the type by parsing the cell "1": number and flag fields accept it as such, and all other
   * fields read it as text.
   */
  static JsonType of(AccountField field) {
    SettingValue value = field.parse("1", ZeroLimit.ALLOWED);
    if (value instanceof SettingValue.Whole) {
      return NUMBER;
    }
    return value instanceof SettingValue.Flag ? BOOLEAN : STRING;
  }

  boolean isOf(JsonNode value) {
    return switch (this) {
      case NUMBER -> value.isNumber();
      case STRING -> value.isString();
      case BOOLEAN -> value.isBoolean();
    };
  }
}
