package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a 429 does to all callers. They pause for as long as the server says, or a second; when the
 * pause is over one call tries, and only when it is admitted do the others follow. A pause that did
 * not help is followed by one twice as long, up to {@link #LONGEST} (live, a key stayed refused for
 * 8 minutes after {@code Retry-After: 60}). No call is made before a time that the server has told.
 *
 * <p>Computes only; the caller has the clock, the lock and the line that sleeps.
 */
final class RateLimitPause implements Probe {

  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST = Duration.ofMinutes(5).toNanos();

  /** How long to go on asking beyond the longest time that the server has told. */
  static final Duration GIVE_UP = Duration.ofMinutes(15);

  /** Whether nothing has been admitted since the first refusal. */
  private boolean refused;

  private boolean shared;
  private long since;
  private long longestTold;
  private long pause;
  private long until;
  private boolean trying;

  /**
   * A call was refused.
   *
   * @param sentAt refusals of calls that were sent before the pause began are news of the same
   *     refusal, not of a pause that did not help
   * @param told how long the server wants to be left alone; zero if it does not say
   * @param hadRoom whether our own count of calls does not explain it
   * @return whether to give up: nothing was admitted for 15 minutes, or the server has told a time
   *     beyond those
   */
  boolean refused(long now, long sentAt, long told, boolean hadRoom) {
    if (!refused) {
      refused = true;
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
    // One last call may be admitted at the end.
    until = Math.max(until, Math.max(now + told, Math.min(now + pause, end())));
    return isOver;
  }

  private long end() {
    return since + longestTold + GIVE_UP.toNanos();
  }

  /** A call got any other answer. */
  void admitted(long sentAt) {
    if (refused && sentAt >= until) {
      refused = false;
    }
  }

  /** What keeps the next call back; null if nothing does. */
  @Nullable WaitReason hold(long now) {
    if (!refused) {
      return null;
    }
    if (now < until) {
      return new WaitReason("429", words() + ", paused", until);
    }
    return trying ? WaitReason.BUSY : null;
  }

  /** When the next call may be made, on the clock of {@link #refused}. */
  long until() {
    return until;
  }

  /** What has happened, for people. */
  String words() {
    return "too many requests (429)"
        + (shared ? " although our own windows have room: somebody else uses this key" : "");
  }

  @Override
  public boolean start() {
    trying |= refused;
    return refused;
  }

  @Override
  public void tried() {
    trying = false;
  }
}
