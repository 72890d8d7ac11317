package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.RateWindow;
import java.util.List;

/**
 * One of several keys that a sandbox accepts.
 *
 * @param value the key itself
 * @param name what the key is called where it must not be shown
 * @param accounts how many accounts the key has, with ids from {@link Sandbox#FIRST_ACCOUNT_ID} on;
 *     the accounts of other keys have the same ids
 * @param windows the rate limits of the key; empty for none
 */
public record SandboxKey(String value, String name, int accounts, List<RateWindow> windows) {

  /** The most accounts that a key can have. */
  public static final int MOST_ACCOUNTS = SandboxSettings.MOST_ACCOUNTS;

  /**
   * @throws IllegalArgumentException if the key is blank or the number of accounts is out of range
   */
  public SandboxKey {
    if (value.isBlank()) {
      throw new IllegalArgumentException("found a blank key, expected an API key");
    }
    SandboxSettings.check("number of accounts", accounts, 1, MOST_ACCOUNTS);
    windows = List.copyOf(windows);
  }

  /** Without the key, so that no log has it. */
  @Override
  public String toString() {
    return name;
  }
}
