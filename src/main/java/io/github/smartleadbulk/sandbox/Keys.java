package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.WorkspaceNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys that a sandbox accepts, and which accounts each has. Thread-safe. */
final class Keys {

  /**
   * The key that is refused if no key is required, so that users can try a refused key in any
   * sandbox.
   */
  private static final String WRONG = "wrong";

  private static final String EXAMPLE = "sandbox-key";

  private record Owner(String name, AccountStore accounts) {}

  private final SandboxSettings settings;
  private final AccountFile file;

  /** The keys with their own accounts. */
  private final Map<String, Owner> ownersByKey = new ConcurrentHashMap<>();

  /** The accounts of all other keys. */
  private final AccountStore shared;

  Keys(SandboxSettings settings, AccountFile file) {
    this.settings = settings;
    this.file = file;
    this.shared = accounts(file.sharedRecords(), settings.accounts());
    for (SandboxKey key : settings.keys()) {
      ownersByKey.put(key.value(), owner(key.value(), key.name(), key.accounts()));
    }
  }

  private Owner owner(String key, String name, int accounts) {
    return new Owner(name, accounts(file.records(hash(key)), accounts));
  }

  private AccountStore accounts(AccountRecords records, int accounts) {
    return new AccountStore(settings.mode(), accounts, records);
  }

  boolean accept(String key) {
    if (!settings.keys().isEmpty()) {
      return ownersByKey.containsKey(key);
    }
    String required = settings.requiredKey();
    return required == null ? !key.isBlank() && !key.equals(WRONG) : key.equals(required);
  }

  AccountStore accounts(String key) {
    Owner owner = ownersByKey.get(key);
    return owner == null ? shared : owner.accounts();
  }

  /** The name of a key that has its own accounts; null for any other key. */
  @Nullable String findName(String key) {
    Owner owner = ownersByKey.get(key);
    return owner == null ? null : owner.name();
  }

  /** A key that is accepted. */
  String example() {
    if (!settings.keys().isEmpty()) {
      return settings.keys().get(0).value();
    }
    String required = settings.requiredKey();
    return required == null ? EXAMPLE : required;
  }

  /** See {@link Sandbox#keyOf}. */
  String named(String name) {
    for (SandboxKey key : settings.keys()) {
      if (key.name().equals(name)) {
        return key.value();
      }
    }
    if (!settings.keys().isEmpty() || settings.mode() != SandboxSettings.Mode.REHEARSAL) {
      throw new IllegalArgumentException("no key of this sandbox is named " + name);
    }
    if (name.equals(WorkspaceNames.DEFAULT)) {
      return example();
    }
    String key = EXAMPLE + "-" + name;
    ownersByKey.computeIfAbsent(key, made -> owner(made, name, settings.accounts()));
    return key;
  }

  /** Identifies a key in the file of the accounts, which must not have the key itself. */
  private static String hash(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("smartlead-bulk: accounts of a key\n".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
