package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.CallResult.Health;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is an API at all, behind answers that are not its own: no connection, a gateway's
 * word, a firewall's page, faults of the server. When {@link #ROWS} different rows in a row found
 * none, sending stops; after growing pauses one call at a time looks whether it is back. So it does
 * at once when the server tells how long it will be away, and when a row is out of tries and none
 * of several that were tried has found anything better: then there are only a few rows left.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class CircuitBreaker implements Probe {

  static final int ROWS = 20;

  /** One row alone may be to blame itself. */
  private static final int FEW_ROWS = 2;

  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

  private final long longest;

  /** Counts the times between two working answers, so that a row knows whether it was counted. */
  private long streak = 1;

  private boolean suspected;

  /** Different ones of this streak that were in no other. */
  private int rows;

  /** Whether a row of this streak was in an earlier one: others were served, and it was not. */
  private boolean hasOddRows;

  private boolean active;
  private long began;
  private long longestTold;
  private long pause;
  private long next;

  /** No call before this, whatever calls that were sent earlier say. */
  private long toldUntil = Long.MIN_VALUE;

  private boolean probing;
  private int looks;
  private Health health = Health.AWAY;
  private String reason = "";

  CircuitBreaker(Duration longest) {
    this.longest = Time.nanos(longest);
  }

  /**
   * A call found no working server.
   *
   * @param isLastTry whether the row would have no other
   * @return whether to give up: it was so for longer than may be, or the server tells that it will
   *     be
   */
  boolean away(long now, PendingRequest row, CallResult.Again again, boolean isLastTry) {
    health = again.health();
    reason = again.message();
    suspected = true;
    if (row.countIn(streak)) {
      hasOddRows |= row.streaks() > 1;
      if (row.errand().isRead()) {
        // Whoever reads the list waits for its page: no other call would find the server away.
        rows += ROWS;
      } else if (row.streaks() == 1) {
        rows++;
      }
    }
    long told = Time.nanos(again.atLeast());
    boolean isCertain = rows >= ROWS || told > 0 || (isLastTry && rows >= FEW_ROWS && !hasOddRows);
    if (!active && isCertain) {
      active = true;
      looks = 0;
      began = now;
      longestTold = told;
      pause = FIRST_PAUSE;
      next = now + Math.min(pause, longest);
    } else if (active && row.isTrialOf(this)) {
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
      next = Math.min(now + pause, Math.max(now, end()));
    }
    if (!active) {
      return false;
    }
    boolean isTooLong = told > longest || now + told > end();
    longestTold = Math.max(longestTold, told);
    next = Math.max(next, now + told);
    toldUntil = told > 0 ? Math.max(toldUntil, now + told) : toldUntil;
    return isTooLong || now >= end();
  }

  private long end() {
    return began + longestTold + longest;
  }

  /** A call that was sent then was answered by a server that works. */
  void works(long sentAt) {
    if (suspected && sentAt >= toldUntil) {
      streak++;
      suspected = false;
      rows = 0;
      hasOddRows = false;
      active = false;
    }
  }

  boolean isActive() {
    return active;
  }

  /** Whether the latest calls found no server, so that it may be away. */
  boolean isSuspected() {
    return suspected;
  }

  /**
   * Whether a row that was not tried yet looks next, if there is one: those that have found no
   * server may be to blame for it themselves.
   */
  boolean wantsNewRow() {
    return active && looks % 2 == 1;
  }

  /** When the next call may look, on the clock of {@link #away}. */
  long next() {
    return next;
  }

  /** What the last call found instead of the API, to end a run with. */
  String sentence() {
    return health.sentence() + ": " + reason;
  }

  @Nullable WaitReason hold(long now) {
    if (!active) {
      return null;
    }
    if (probing) {
      return WaitReason.BUSY;
    }
    return now < next
        ? new WaitReason("outage", health.shown() + " (" + reason + "), paused", next)
        : null;
  }

  @Override
  public boolean start() {
    if (active) {
      probing = true;
      looks++;
    }
    return active;
  }

  @Override
  public void tried() {
    probing = false;
  }
}
