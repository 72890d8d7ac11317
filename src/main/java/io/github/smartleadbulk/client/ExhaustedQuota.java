package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What "none remaining" in the server's headers does to all callers, where our own count does not
 * explain it: they pause until there is said to be more, but for a minute at most. Then one call
 * looks; headers are too often wrong to lose an hour by them.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class ExhaustedQuota implements Probe {

  private static final long LONGEST = Duration.ofMinutes(1).toNanos();

  private long until = Long.MIN_VALUE;
  private boolean shared;
  private boolean looking;
  private boolean usedUp;

  /**
   * An answer says that nothing remains for so long.
   *
   * @param shared whether there are windows of our own, which have room
   */
  void heed(Duration told, long now, boolean shared) {
    usedUp = true;
    this.shared = shared;
    until = Math.max(until, now + Math.min(told.toNanos(), LONGEST));
  }

  /** An answer to a call sent then says nothing of the kind. */
  void remains(long sentAt) {
    if (sentAt >= until) {
      usedUp = false;
    }
  }

  @Nullable WaitReason waitReason(long now) {
    if (!usedUp) {
      return null;
    }
    return now < until
        ? new WaitReason(
            "server-limit",
            "the server says that the limit is used up"
                + (shared
                    ? ", although our own windows have room: somebody else uses this key"
                    : ""),
            until)
        : looking ? WaitReason.BUSY : null;
  }

  @Override
  public boolean start() {
    looking |= usedUp;
    return usedUp;
  }

  @Override
  public void tried() {
    looking = false;
  }
}
