package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.RateWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox behaves.
 *
 * @param port 0 takes a free one
 * @param mode which accounts there are
 * @param accounts how many accounts of its own the sandbox lists; their ids count up from {@link
 *     Sandbox#FIRST_ACCOUNT_ID}
 * @param windows the limits of calls that are enforced per key; empty for none
 * @param latency how long every answer takes
 * @param requiredKey the only key that is let in; null lets every key in but a blank one and
 *     "wrong"
 * @param seed of the faults: the same seed gives the same faults in the same order of requests
 * @param store the file in which accounts stay as they were left, from one sandbox to the next;
 *     null to forget them
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
    @Nullable Path store) {

  /** All ids keep eight digits, as SmartLead's have today. */
  static final int MOST_ACCOUNTS = 10_000_000;

  static final int DEFAULT_ACCOUNTS = 1_000;

  /** The last id of eight digits. */
  static final int LARGEST_ID = 99_999_999;

  /** Which accounts there are. */
  public enum Mode {
    /** Those that the sandbox lists. */
    OWN_ACCOUNTS,
    /**
     * For a rehearsal with a user's own file: every account id of up to eight digits is there. The
     * list has the accounts that were added ({@link Sandbox#add}), or the sandbox's own if none
     * was.
     */
    REHEARSAL
  }

  /**
   * @throws IllegalArgumentException if a number is out of its range; the message says what was
   *     found and what is expected
   */
  public SandboxSettings {
    check("port", port, 0, 65_535);
    check("number of accounts", accounts, 1, MOST_ACCOUNTS);
    check("latency in milliseconds", latency.toMillis(), 0, Duration.ofMinutes(10).toMillis());
    windows = List.copyOf(windows);
  }

  /** A sandbox with accounts of its own. */
  public SandboxSettings(
      int port,
      int accounts,
      List<RateWindow> windows,
      Duration latency,
      FaultPlan faults,
      @Nullable String requiredKey,
      long seed,
      @Nullable Path store) {
    this(port, Mode.OWN_ACCOUNTS, accounts, windows, latency, faults, requiredKey, seed, store);
  }

  /** A free port, 1,000 accounts, no limits, no latency, no faults, any key. */
  public static SandboxSettings defaults() {
    return defaults(Mode.OWN_ACCOUNTS, null);
  }

  public static SandboxSettings rehearsal(@Nullable Path store) {
    return defaults(Mode.REHEARSAL, store);
  }

  private static SandboxSettings defaults(Mode mode, @Nullable Path store) {
    return new SandboxSettings(
        0, mode, DEFAULT_ACCOUNTS, List.of(), Duration.ZERO, FaultPlan.none(), null, 1, store);
  }

  boolean contains(long accountId) {
    return mode == Mode.REHEARSAL
        ? accountId >= 1 && accountId <= LARGEST_ID
        : accountId >= Sandbox.FIRST_ACCOUNT_ID && accountId < Sandbox.FIRST_ACCOUNT_ID + accounts;
  }

  private static void check(String what, long found, long least, long most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          what + ": found " + found + ", expected " + least + " to " + most);
    }
  }
}
