package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pauses all callers when the server's headers say that no calls remain and our own count does not
 * explain it. The pause lasts as long as the headers say, but at most a minute. Then one call
 * probes, because headers are wrong too often to wait an hour for them.
 *
 * <p>This class only computes. The caller has the clock and the lock.
 */
final class ExhaustedQuota implements Probe {

  private static final long LONGEST = Duration.ofMinutes(1).toNanos();

  private long until = Long.MIN_VALUE;
  private boolean shared;
  private boolean probing;
  private boolean exhausted;

  /**
   * An answer says that no calls remain for some time.
   *
   * @param shared whether our own windows exist and have room
   */
  void heed(Duration told, long now, boolean shared) {
    exhausted = true;
    this.shared = shared;
    until = Math.max(until, now + Math.min(told.toNanos(), LONGEST));
  }

  /** An answer says that calls remain. */
  void remains(long sentAt) {
    if (sentAt >= until) {
      exhausted = false;
    }
  }

  @Nullable WaitReason waitReason(long now) {
    if (!exhausted) {
      return null;
    }
    return now < until
        ? new WaitReason(
            "server-limit",
            "the server says the limit is used up"
                + (shared
                    ? ", although our own windows have room: somebody else uses this key, paused"
                    : ""),
            until)
        : probing ? WaitReason.BUSY : null;
  }

  @Override
  public boolean start() {
    probing |= exhausted;
    return exhausted;
  }

  @Override
  public void tried() {
    probing = false;
  }
}
