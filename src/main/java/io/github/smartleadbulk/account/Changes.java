package io.github.smartleadbulk.account;

import java.util.Map;
import java.util.stream.Stream;

/**
 * What a row changed, or may have changed, in its account.
 *
 * @param before the previous values of the fields, as far as they are known
 * @param after the values that were sent
 */
public record Changes(
    Map<AccountField, SettingValue> before, Map<AccountField, SettingValue> after) {

  public Changes {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** The most memory that the texts take. */
  public long bytes() {
    return Stream.of(before, after)
        .flatMap(values -> values.values().stream())
        .mapToLong(
            value -> value instanceof SettingValue.Text text ? 2L * text.value().length() : 0)
        .sum();
  }
}
