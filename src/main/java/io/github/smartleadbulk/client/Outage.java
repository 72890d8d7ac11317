package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a server at all. When {@link #ROWS} different rows in a row found none, sending
 * stops; after growing pauses one call at a time looks whether it is back.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class Outage {

  static final int ROWS = 20;

  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

  private final long longest;

  /** Counts the times between two working answers, so that a row knows whether it was counted. */
  private long streak = 1;

  private int rows;
  private boolean active;
  private long began;
  private long pause;
  private long next;
  private boolean probing;
  private String reason = "";

  Outage(Duration longest) {
    this.longest = Time.nanos(longest);
  }

  /**
   * A call found no working server.
   *
   * @return whether to give up: it was so for longer than may be
   */
  boolean away(long now, Row row, String reason) {
    this.reason = reason;
    if (row.countIn(streak)) {
      // Whoever reads the list waits for its page: no other call would find the server away.
      rows += row.errand().isRead() ? ROWS : 1;
    }
    if (!active && rows >= ROWS) {
      active = true;
      began = now;
      pause = FIRST_PAUSE;
      next = now + Math.min(pause, longest);
    } else if (active && row.isProbe()) {
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
      next = Math.min(now + pause, Math.max(now, began + longest));
    }
    return active && now - began >= longest;
  }

  /** A call was answered by a server that works. */
  void works() {
    if (rows > 0) {
      streak++;
      rows = 0;
      active = false;
    }
  }

  boolean isActive() {
    return active;
  }

  /** Whether the latest calls found no server, so that it may be away. */
  boolean isSuspected() {
    return rows > 0;
  }

  /** What the last call found instead of a server. */
  String reason() {
    return reason;
  }

  @Nullable Hold hold(long now) {
    if (!active) {
      return null;
    }
    if (probing) {
      return Hold.BUSY;
    }
    return now < next ? new Hold("outage", "server away (" + reason + "), paused", next) : null;
  }

  /**
   * A call is about to be sent.
   *
   * @return whether it is the one that looks
   */
  boolean start() {
    if (active) {
      probing = true;
    }
    return active;
  }

  /** The call that looked is over. */
  void probed() {
    probing = false;
  }
}
