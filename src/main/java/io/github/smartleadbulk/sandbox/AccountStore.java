package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All accounts as they are now: made up, except for what was changed since. */
final class AccountStore implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final long firstId;
  private final int accounts;
  private final ChangedAccounts changed;

  AccountStore(long firstId, int accounts) throws IOException {
    this.firstId = firstId;
    this.accounts = accounts;
    this.changed = new ChangedAccounts(accounts);
  }

  long firstId() {
    return firstId;
  }

  /** The first id behind the last account. */
  long endId() {
    return firstId() + accounts;
  }

  boolean contains(long id) {
    return id >= firstId() && id < endId();
  }

  Map<AccountField, SettingValue> settings(long id) {
    Map<AccountField, SettingValue> valuesByField = changes(id);
    for (AccountField field : AccountField.values()) {
      valuesByField.computeIfAbsent(field, unchanged -> MadeUpAccounts.value(id, unchanged));
    }
    return valuesByField;
  }

  SettingValue setting(long id, AccountField field) {
    SettingValue value = changes(id).get(field);
    return value == null ? MadeUpAccounts.value(id, field) : value;
  }

  synchronized void apply(long id, Map<AccountField, SettingValue> update) {
    try {
      int index = (int) (id - firstId());
      byte[] before = changed.find(index);
      Map<AccountField, SettingValue> valuesByField = read(before);
      valuesByField.putAll(update);
      byte[] after = write(valuesByField);
      if (!Arrays.equals(before, after)) {
        changed.put(index, after);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Map<AccountField, SettingValue> changes(long id) {
    try {
      return read(changed.find((int) (id - firstId())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record is the body of the one update that would bring all the changes about. */
  private static byte[] write(Map<AccountField, SettingValue> valuesByField) {
    ObjectNode body = JSON.createObjectNode();
    valuesByField.forEach((field, value) -> AccountJson.put(body, field.apiName(), value));
    return JSON.writeValueAsBytes(body);
  }

  private static Map<AccountField, SettingValue> read(byte @Nullable [] content) {
    try {
      return content == null ? new EnumMap<>(AccountField.class) : UpdateBody.read(content);
    } catch (RefusedException impossible) {
      throw new IllegalStateException("a record that was written cannot be read", impossible);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    changed.close();
  }
}
