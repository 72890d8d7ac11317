package io.github.smartleadbulk.account;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of one setting, in a request or in an account. */
public sealed interface SettingValue {

  /** The value for JSON: a Long, a String, a Boolean, or null. */
  @Nullable Object json();

  /** The value for a result of {@link #json}. */
  static SettingValue of(@Nullable Object json) {
    if (json instanceof Number number) {
      return new Whole(number.longValue());
    }
    if (json instanceof String text) {
      return new Text(text);
    }
    return json instanceof Boolean flag ? new Flag(flag) : new None();
  }

  /** Values for a request, by the field names there. */
  static Map<String, @Nullable Object> json(Map<AccountField, SettingValue> valuesByField) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    valuesByField.forEach((field, value) -> json.put(field.apiName(), value.json()));
    return json;
  }

  /** A JSON number: a limit, a gap, an id. */
  record Whole(long value) implements SettingValue {
    @Override
    public Long json() {
      return value;
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A JSON string, kept exactly. */
  record Text(String value) implements SettingValue {
    @Override
    public String json() {
      return value;
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /** A JSON boolean. */
  record Flag(boolean value) implements SettingValue {
    @Override
    public Boolean json() {
      return value;
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** JSON {@code null}: the setting of the account is empty, or should become empty. */
  record None() implements SettingValue {
    @Override
    public @Nullable Object json() {
      return null;
    }

    @Override
    public String toString() {
      return "";
    }
  }
}
