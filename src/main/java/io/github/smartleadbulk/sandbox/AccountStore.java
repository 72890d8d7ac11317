package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The present accounts of a key: made-up accounts, with what was added or changed since. */
final class AccountStore implements Accounts {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final SandboxSettings.Mode mode;
  private final int accounts;
  private final AccountRecords records;

  /**
   * @param accounts how many accounts of its own the sandbox lists
   */
  AccountStore(SandboxSettings.Mode mode, int accounts, AccountRecords records) {
    this.mode = mode;
    this.accounts = accounts;
    this.records = records;
  }

  @Override
  public boolean contains(long id) {
    return mode == SandboxSettings.Mode.REHEARSAL
        ? id >= 1 && id <= SandboxSettings.LARGEST_ID
        : isOwn(id);
  }

  @Override
  public synchronized long listed(long index) {
    if (listsWhatWasAdded()) {
      return index < records.listed() ? records.listed((int) index) : 0;
    }
    return index < accounts ? Sandbox.FIRST_ACCOUNT_ID + index : 0;
  }

  private boolean isListed(long id) {
    return listsWhatWasAdded() ? contains(id) && records.isListed((int) id) : isOwn(id);
  }

  private boolean isOwn(long id) {
    return id >= Sandbox.FIRST_ACCOUNT_ID && id < Sandbox.FIRST_ACCOUNT_ID + accounts;
  }

  private boolean listsWhatWasAdded() {
    return mode == SandboxSettings.Mode.REHEARSAL && records.listed() > 0;
  }

  @Override
  public synchronized long[] listed(String address) {
    IntStream added = Arrays.stream(records.withAddress(address));
    return IntStream.concat(added, IntStream.of(madeUpWith(address)))
        .filter(id -> id != 0 && isListed(id))
        .asLongStream()
        .sorted()
        .toArray();
  }

  /** The account with this made-up address; 0 if there is none. */
  private int madeUpWith(String address) {
    int id = MadeUpAccounts.idIn(address);
    return id != 0 && records.address(id).isEmpty() ? id : 0;
  }

  /** See {@link Sandbox#add}. */
  synchronized void add(@Nullable Long accountId, @Nullable String fromEmail) {
    String address = fromEmail == null || fromEmail.isBlank() ? "" : fromEmail;
    boolean unknown =
        accountId == null
            ? address.isEmpty()
            : accountId < 1 || accountId > SandboxSettings.LARGEST_ID;
    if (unknown) {
      return;
    }
    int id = accountId == null ? idFor(address) : accountId.intValue();
    boolean isNew =
        !address.isEmpty()
            && records.address(id).isEmpty()
            && !address.equals(MadeUpAccounts.address(id));
    if (isNew || !records.isListed(id)) {
      records.add(id, isNew ? address : "");
    }
  }

  /** The account that has the address or will get it. */
  private int idFor(String address) {
    int[] ids = records.withAddress(address);
    if (ids.length > 0) {
      return ids[0];
    }
    int id = madeUpWith(address);
    if (id == 0) {
      id = MadeUpAccounts.idFor(address);
      while (records.isListed(id)) {
        id = id == SandboxSettings.LARGEST_ID ? MadeUpAccounts.LEAST_ID_FOR_ADDRESS : id + 1;
      }
    }
    return id;
  }

  @Override
  public boolean isOfClient(long id, String clientId) {
    return setting(id, AccountField.CLIENT_ID).toString().equals(clientId);
  }

  @Override
  public ObjectNode inList(long id) {
    return AccountJson.ofList(account(id));
  }

  @Override
  public ObjectNode alone(long id) {
    return AccountJson.ofOne(account(id));
  }

  private synchronized Account account(long id) {
    String address = records.address((int) id);
    return new Account(id, address.isEmpty() ? MadeUpAccounts.address(id) : address, settings(id));
  }

  synchronized Map<AccountField, SettingValue> settings(long id) {
    Map<AccountField, SettingValue> valuesByField = changes(id);
    for (AccountField field : AccountField.values()) {
      valuesByField.computeIfAbsent(field, unchanged -> MadeUpAccounts.value(id, unchanged));
    }
    return valuesByField;
  }

  synchronized SettingValue setting(long id, AccountField field) {
    SettingValue value = changes(id).get(field);
    return value == null ? MadeUpAccounts.value(id, field) : value;
  }

  @Override
  public synchronized void apply(long id, Map<AccountField, SettingValue> update) {
    Map<AccountField, SettingValue> valuesByField = changes(id);
    valuesByField.putAll(update);
    records.change((int) id, JSON.writeValueAsString(SettingValue.json(valuesByField)));
  }

  private Map<AccountField, SettingValue> changes(long id) {
    String changes = records.changes((int) id);
    try {
      return changes.isEmpty()
          ? new EnumMap<>(AccountField.class)
          : UpdateBody.read(changes.getBytes(StandardCharsets.UTF_8));
    } catch (RefusedException impossible) {
      throw new IllegalStateException("a stored record cannot be read", impossible);
    }
  }
}
