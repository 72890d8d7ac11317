package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.RateWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a sandbox.
 *
 * @param port the port; 0 for any free port
 * @param mode which accounts there are
 * @param accounts how many accounts of its own the sandbox lists, with ids from {@link
 *     Sandbox#FIRST_ACCOUNT_ID} on
 * @param windows the rate limits for each key; empty for none
 * @param latency the delay of every answer
 * @param requiredKey the only key that is accepted; null to accept every key except blank ones and
 *     "wrong"
 * @param seed the seed of the faults; with the same seed, the same order of requests gets the same
 *     faults
 * @param store the file that keeps the accounts for the next sandbox; null to forget them
 * @param keys the keys that are accepted, each with its own accounts and windows instead of those
 *     of the sandbox; empty for one set of accounts for all keys
 */
public record SandboxSettings(
    int port,
    Mode mode,
    int accounts,
    List<RateWindow> windows,
    Duration latency,
    FaultPlan faults,
    @Nullable String requiredKey,
    long seed,
    @Nullable Path store,
    List<SandboxKey> keys) {

  /** With this many accounts, all ids still have eight digits, like SmartLead's today. */
  static final int MOST_ACCOUNTS = 10_000_000;

  static final int DEFAULT_ACCOUNTS = 1_000;

  /** The largest id with eight digits. */
  static final int LARGEST_ID = 99_999_999;

  /** Which accounts there are. */
  public enum Mode {
    /** The accounts that the sandbox lists. */
    OWN_ACCOUNTS,
    /**
     * For a rehearsal with the user's own file. Every account id with up to eight digits exists.
     * The list has the added accounts ({@link Sandbox#add}) or, if there are none, the sandbox's
     * own.
     */
    REHEARSAL
  }

  /**
   * @throws IllegalArgumentException if a number is out of range, or two keys or their names are
   *     the same; the message says what was found and what is expected
   */
  public SandboxSettings {
    check("port", port, 0, 65_535);
    check("number of accounts", accounts, 1, MOST_ACCOUNTS);
    check("latency in milliseconds", latency.toMillis(), 0, Duration.ofMinutes(10).toMillis());
    windows = List.copyOf(windows);
    keys = List.copyOf(keys);
    if (requiredKey != null && !keys.isEmpty()) {
      throw new IllegalArgumentException(
          "found one required key and several keys, expected either");
    }
    checkDifferent(keys, SandboxKey::value, "key");
    checkDifferent(keys, SandboxKey::name, "name of a key");
  }

  /** Settings for a sandbox with its own accounts. */
  public SandboxSettings(
      int port,
      int accounts,
      List<RateWindow> windows,
      Duration latency,
      FaultPlan faults,
      @Nullable String requiredKey,
      long seed,
      @Nullable Path store) {
    this(
        port,
        Mode.OWN_ACCOUNTS,
        accounts,
        windows,
        latency,
        faults,
        requiredKey,
        seed,
        store,
        List.of());
  }

  /**
   * The default settings: any free port, 1,000 accounts, no limits, no latency, no faults, any key.
   */
  public static SandboxSettings defaults() {
    return defaults(Mode.OWN_ACCOUNTS, null);
  }

  public static SandboxSettings rehearsal(@Nullable Path store) {
    return defaults(Mode.REHEARSAL, store);
  }

  private static SandboxSettings defaults(Mode mode, @Nullable Path store) {
    return new SandboxSettings(
        0,
        mode,
        DEFAULT_ACCOUNTS,
        List.of(),
        Duration.ZERO,
        FaultPlan.none(),
        null,
        1,
        store,
        List.of());
  }

  /** These settings, for a sandbox that accepts only these keys. */
  public SandboxSettings with(List<SandboxKey> known) {
    return new SandboxSettings(
        port, mode, accounts, windows, latency, faults, requiredKey, seed, store, known);
  }

  private static void checkDifferent(
      List<SandboxKey> keys, Function<SandboxKey, String> part, String what) {
    if (keys.stream().map(part).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("found the same " + what + " twice, expected it once");
    }
  }

  static void check(String what, long found, long least, long most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          what + ": found " + found + ", expected " + least + " to " + most);
    }
  }
}
