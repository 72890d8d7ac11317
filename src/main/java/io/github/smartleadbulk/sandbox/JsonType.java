package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.ZeroLimit;
import tools.jackson.databind.JsonNode;

/** The JSON type that a field has in requests, and the words in which its absence is refused. */
enum JsonType {
  NUMBER("must be a number"),
  STRING("must be a string"),
  BOOLEAN("must be a boolean");

  final String complaint;

  JsonType(String complaint) {
    this.complaint = complaint;
  }

  /** A cell of "1" is a number or a flag wherever these are wanted, and a text only of the rest. */
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
