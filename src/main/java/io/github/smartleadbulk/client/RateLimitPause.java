package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pauses all callers after a 429, for as long as the server says, or for a second. After the pause,
 * one call probes, and the others follow only if it is admitted. If a pause did not help, the next
 * pause is twice as long, up to {@link #LONGEST} (SmartLead has refused a key for 8 minutes after
 * {@code Retry-After: 60}). No call is sent before the time that the server names.
 *
 * <p>This class only computes. The caller has the clock and the lock, and does the waiting.
 */
final class RateLimitPause implements Probe {

  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST = Duration.ofMinutes(5).toNanos();

  /** How long to keep probing after the latest time that the server names. */
  static final Duration GIVE_UP = Duration.ofMinutes(15);

  /** Whether no call has been admitted since the first refusal. */
  private boolean paused;

  private boolean shared;
  private long since;
  private long longestTold;
  private long pause;
  private long until;
  private boolean probing;

  /**
   * A call got a 429.
   *
   * @param sentAt if the call was sent before the pause began, its refusal does not mean that the
   *     pause did not help
   * @param told how long the server asks to wait; zero if it does not say
   * @param hadRoom whether our own windows had room, so that they do not explain the refusal
   * @return whether to give up, because no call was admitted for 15 minutes or the server asks for
   *     a longer wait
   */
  boolean refused(long now, long sentAt, long told, boolean hadRoom) {
    if (!paused) {
      paused = true;
      shared = hadRoom;
      since = now;
      longestTold = told;
      pause = Math.max(told, FIRST);
      until = now;
    } else if (sentAt >= until) {
      pause = Math.max(told, Math.min(LONGEST, 2 * pause));
    } else {
      longestTold = Math.max(longestTold, told);
      until = Math.max(until, now + told);
      return false;
    }
    longestTold = Math.max(longestTold, told);
    boolean isOver = now >= end() || now + told > end();
    // The end allows one last call.
    until = Math.max(until, Math.max(now + told, Math.min(now + pause, end())));
    return isOver;
  }

  private long end() {
    return since + longestTold + GIVE_UP.toNanos();
  }

  /** A call got an answer other than 429. */
  void admitted(long sentAt) {
    if (paused && sentAt >= until) {
      paused = false;
    }
  }

  /** The reason that holds the next call back; null for none. */
  @Nullable WaitReason waitReason(long now) {
    if (!paused) {
      return null;
    }
    if (now < until) {
      return new WaitReason("429", words() + ", paused", until);
    }
    return probing ? WaitReason.BUSY : null;
  }

  /** When the next call may be made, on the clock of {@link #refused}. */
  long until() {
    return until;
  }

  /** The reason, for people. */
  String words() {
    return "too many requests (429)"
        + (shared ? " although our own windows have room: somebody else uses this key" : "");
  }

  @Override
  public boolean start() {
    probing |= paused;
    return paused;
  }

  @Override
  public void tried() {
    probing = false;
  }
}
