package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a 429 does to all callers. They pause for as long as the server says, or a second; when the
 * pause is over one call tries, and only when it is admitted do the others follow. A pause that did
 * not help is followed by one twice as long, up to {@link #LONGEST} (live, a key stayed refused for
 * 8 minutes after {@code Retry-After: 60}).
 *
 * <p>Computes only; the caller has the clock, the lock and the line that sleeps.
 */
final class Refusals {

  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST = Duration.ofMinutes(5).toNanos();
  private static final long GIVE_UP = Duration.ofMinutes(15).toNanos();

  /** Whether nothing has been admitted since the first refusal. */
  private boolean refused;

  private long since;
  private long pause;
  private long until;
  private boolean trying;

  /**
   * A call was refused.
   *
   * @param sentAt refusals of calls that were sent before the pause began are news of the same
   *     refusal, not of a pause that did not help
   * @param told how long the server wants to be left alone; zero if it does not say
   * @return whether to give up: nothing was admitted for 15 minutes
   */
  boolean refused(long now, long sentAt, long told) {
    if (!refused) {
      refused = true;
      since = now;
      pause = Math.max(told, FIRST);
      until = now;
    } else if (sentAt >= until) {
      pause = Math.max(told, Math.min(LONGEST, 2 * pause));
    } else {
      extend(now, told);
      return false;
    }
    extend(now, pause);
    return now - since >= GIVE_UP;
  }

  /** Not beyond the moment of giving up: one last call may be admitted then. */
  private void extend(long now, long length) {
    until = Math.max(until, Math.min(now + length, since + GIVE_UP));
  }

  /** A call got any other answer. */
  void admitted(long sentAt) {
    if (refused && sentAt >= until) {
      refused = false;
    }
  }

  /** What keeps the next call back; null if nothing does. */
  @Nullable Hold hold(long now) {
    if (!refused) {
      return null;
    }
    if (now < until) {
      return new Hold("429", "too many requests (429), paused", until);
    }
    return trying ? Hold.BUSY : null;
  }

  /**
   * A call is about to be sent.
   *
   * @return whether it is the one that tries
   */
  boolean start() {
    if (refused) {
      trying = true;
    }
    return refused;
  }

  /** The call that tried is over. */
  void tried() {
    trying = false;
  }
}
