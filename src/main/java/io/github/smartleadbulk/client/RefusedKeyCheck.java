package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key that was refused is to be given up. One that nothing was ever done with is. One
 * that has worked gets a second look: all calls pause, then one tries; servers that are being
 * restarted, or that cannot reach their own database, have been seen to refuse keys for a moment.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class RefusedKeyCheck implements Probe {

  private static final long SECOND_LOOK = Duration.ofSeconds(5).toNanos();

  /** What is the word of one account's row becomes one about the key. */
  static final int ROWS = 20;

  private boolean worked;
  private boolean doubted;
  private long until;
  private boolean looking;
  private int forbidden;

  /**
   * The key was refused.
   *
   * @param sentAt of the call
   * @return whether it is certain
   */
  boolean refused(long now, long sentAt) {
    if (!worked || (doubted && sentAt >= until)) {
      return true;
    }
    if (!doubted) {
      doubted = true;
      until = now + SECOND_LOOK;
    }
    return false;
  }

  /** The key was let in. */
  void works(long sentAt) {
    worked = true;
    if (sentAt >= until) {
      doubted = false;
    }
  }

  /** Whether the API has answered a call with this key. */
  boolean hasWorked() {
    return worked;
  }

  /**
   * The API's answer to a row, of which each row gets one.
   *
   * @return whether so many rows in a row were forbidden that it must be the key
   */
  boolean answered(boolean isForbidden) {
    forbidden = isForbidden ? forbidden + 1 : 0;
    return forbidden >= ROWS;
  }

  @Nullable WaitReason waitReason(long now) {
    if (!doubted) {
      return null;
    }
    return now < until
        ? new WaitReason("key", "the API key was refused, paused before a second attempt", until)
        : looking ? WaitReason.BUSY : null;
  }

  @Override
  public boolean start() {
    looking |= doubted;
    return doubted;
  }

  @Override
  public void tried() {
    looking = false;
  }
}
