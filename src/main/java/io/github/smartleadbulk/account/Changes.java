package io.github.smartleadbulk.account;

import java.util.Map;
import java.util.stream.Stream;

/**
 * What a row has changed in its account, or may have.
 *
 * @param before the values that the fields had, of those where it is known
 * @param after what was sent
 */
public record Changes(
    Map<AccountField, SettingValue> before, Map<AccountField, SettingValue> after) {

  public Changes {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** What the texts take in memory, at most. */
  public long bytes() {
    return Stream.of(before, after)
        .flatMap(values -> values.values().stream())
        .mapToLong(
            value -> value instanceof SettingValue.Text text ? 2L * text.value().length() : 0)
        .sum();
  }
}
