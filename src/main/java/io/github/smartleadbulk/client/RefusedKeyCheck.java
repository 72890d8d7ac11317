package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether to give up a key that the server has refused. A key that has never worked is
 * given up immediately. For a key that has worked, all calls pause, and then one call probes:
 * servers that restart, or cannot reach their database, may refuse keys for a moment.
 *
 * <p>This class only computes. The caller has the clock and the lock.
 */
final class RefusedKeyCheck implements Probe {

  private static final long PAUSE = Duration.ofSeconds(5).toNanos();

  /** A 403 concerns one account, but so many consecutive ones concern the key. */
  static final int ROWS = 20;

  private boolean worked;
  private boolean doubted;
  private long until;
  private boolean probing;
  private int forbidden;

  /**
   * The server has refused the key.
   *
   * @param sentAt when the call was sent
   * @return whether to give up the key
   */
  boolean refused(long now, long sentAt) {
    if (!worked || (doubted && sentAt >= until)) {
      return true;
    }
    if (!doubted) {
      doubted = true;
      until = now + PAUSE;
    }
    return false;
  }

  /** The server has accepted the key. */
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
   * The API has answered a row. Called once for each row.
   *
   * @return whether so many consecutive rows were forbidden that the key must be the cause
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
        ? new WaitReason("key", "the API key was refused, second attempt paused", until)
        : probing ? WaitReason.BUSY : null;
  }

  @Override
  public boolean start() {
    probing |= doubted;
    return doubted;
  }

  @Override
  public void tried() {
    probing = false;
  }
}
