package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All accounts as they are now: made up, except for what was added or changed since. */
final class AccountStore implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final SandboxSettings settings;
  private final AccountRecords records;

  AccountStore(SandboxSettings settings) throws IOException {
    this.settings = settings;
    this.records = AccountRecords.open(settings.store());
  }

  boolean contains(long id) {
    long first = settings.firstAccountId();
    return id >= first && id < first + settings.accounts();
  }

  /**
   * The account at a place of the list.
   *
   * @return its id; 0 behind the last one
   */
  synchronized long listed(long index) {
    if (listsWhatWasAdded()) {
      return index < records.listed() ? records.listed((int) index) : 0;
    }
    return index < madeUpInList() ? Sandbox.FIRST_ACCOUNT_ID + index : 0;
  }

  private boolean isListed(long id) throws IOException {
    return listsWhatWasAdded()
        ? contains(id) && records.find((int) id).listed()
        : id >= Sandbox.FIRST_ACCOUNT_ID && id < Sandbox.FIRST_ACCOUNT_ID + madeUpInList();
  }

  private boolean listsWhatWasAdded() {
    return settings.isRehearsal() && records.listed() > 0;
  }

  private int madeUpInList() {
    return settings.isRehearsal() ? SandboxSettings.DEFAULT_ACCOUNTS : settings.accounts();
  }

  /** The ids of the listed accounts that have this address, however its letters are cased. */
  synchronized long[] listed(String address) {
    try {
      LongStream.Builder found = LongStream.builder();
      for (int id : records.withAddress(address)) {
        if (isListed(id)) {
          found.add(id);
        }
      }
      int madeUp = madeUpWith(address);
      if (madeUp != 0 && isListed(madeUp)) {
        found.add(madeUp);
      }
      return found.build().sorted().toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The account that has this address because it was made up with it; 0 for none. */
  private int madeUpWith(String address) throws IOException {
    int id = MadeUpAccounts.idIn(address);
    return id != 0 && records.find(id).address().isEmpty() ? id : 0;
  }

  /** See {@link Sandbox#add}. */
  synchronized void add(@Nullable Long id, @Nullable String fromEmail) {
    String address = fromEmail == null || fromEmail.isBlank() ? "" : fromEmail;
    boolean unknown = id == null ? address.isEmpty() : id < 1 || id > SandboxSettings.LARGEST_ID;
    if (unknown) {
      return;
    }
    try {
      AccountRecord before = records.find(id == null ? idFor(address) : id.intValue());
      boolean isNew =
          before.address().isEmpty() && !address.equals(MadeUpAccounts.address(before.id()));
      records.put(before.listedWith(isNew ? address : before.address()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The account that has the address, or the one that shall get it. */
  private int idFor(String address) throws IOException {
    int[] ids = records.withAddress(address);
    if (ids.length > 0) {
      return ids[0];
    }
    int id = madeUpWith(address);
    if (id == 0) {
      id = MadeUpAccounts.idFor(address);
      while (records.find(id).listed()) {
        id = id == SandboxSettings.LARGEST_ID ? MadeUpAccounts.LEAST_ID_FOR_ADDRESS : id + 1;
      }
    }
    return id;
  }

  Account account(long id) {
    AccountRecord record = record(id);
    String address = record.address().isEmpty() ? MadeUpAccounts.address(id) : record.address();
    return new Account(id, address, settings(record));
  }

  Map<AccountField, SettingValue> settings(long id) {
    return settings(record(id));
  }

  private static Map<AccountField, SettingValue> settings(AccountRecord record) {
    Map<AccountField, SettingValue> valuesByField = read(record.changes());
    for (AccountField field : AccountField.values()) {
      valuesByField.computeIfAbsent(
          field, unchanged -> MadeUpAccounts.value(record.id(), unchanged));
    }
    return valuesByField;
  }

  SettingValue setting(long id, AccountField field) {
    SettingValue value = read(record(id).changes()).get(field);
    return value == null ? MadeUpAccounts.value(id, field) : value;
  }

  synchronized void apply(long id, Map<AccountField, SettingValue> update) {
    try {
      AccountRecord before = records.find((int) id);
      Map<AccountField, SettingValue> valuesByField = read(before.changes());
      valuesByField.putAll(update);
      records.put(before.changedTo(write(valuesByField)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized AccountRecord record(long id) {
    try {
      return records.find((int) id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Map<AccountField, SettingValue> valuesByField) {
    ObjectNode body = JSON.createObjectNode();
    valuesByField.forEach((field, value) -> AccountJson.put(body, field.apiName(), value));
    return JSON.writeValueAsString(body);
  }

  private static Map<AccountField, SettingValue> read(String changes) {
    try {
      return changes.isEmpty()
          ? new EnumMap<>(AccountField.class)
          : UpdateBody.read(changes.getBytes(StandardCharsets.UTF_8));
    } catch (RefusedException impossible) {
      throw new IllegalStateException("a record that was written cannot be read", impossible);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    records.close();
  }
}
