package io.github.smartleadbulk.account;

/** A value of one setting, as it goes out in a request and comes back in an account. */
public sealed interface SettingValue {

  /** A JSON number: a limit, a gap, an id. */
  record Whole(long value) implements SettingValue {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A JSON string, kept to the letter. */
  record Text(String value) implements SettingValue {
    @Override
    public String toString() {
      return value;
    }
  }

  /** A JSON boolean. */
  record Flag(boolean value) implements SettingValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** JSON {@code null}: the account has no such setting, or shall have none. */
  record None() implements SettingValue {
    @Override
    public String toString() {
      return "";
    }
  }
}
