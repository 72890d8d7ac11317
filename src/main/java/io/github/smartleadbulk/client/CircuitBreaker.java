package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.CallResult.Health;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the API is there at all. It is not behind a failed connection, a gateway's error, a
 * firewall's page or a fault of the server. The breaker opens when {@link #ROWS} different
 * consecutive rows found no API; then, after growing pauses, one call at a time probes whether it
 * is back. The breaker opens earlier when the server says how long it will be away, and when a row
 * has no attempts left and no other row that was tried fared better: then only a few rows are left.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class CircuitBreaker implements Probe {

  static final int ROWS = 20;

  /** A single row may itself be the cause. */
  private static final int FEW_ROWS = 2;

  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

  private final long longest;

  /** Numbers the times between two working answers, so that each row is counted once in each. */
  private long streak = 1;

  private boolean suspected;

  /** Different rows of this streak that were in no earlier one. */
  private int rows;

  /** Whether a row of this streak was in an earlier one: others were served, and it was not. */
  private boolean hasOddRows;

  private boolean active;
  private long began;
  private long longestTold;
  private long pause;
  private long next;

  /** No call is sent before this, whatever the answers to earlier calls say. */
  private long toldUntil = Long.MIN_VALUE;

  private boolean probing;
  private int probes;
  private Health health = Health.AWAY;
  private String reason = "";

  CircuitBreaker(Duration longest) {
    this.longest = Time.nanos(longest);
  }

  /**
   * A call found no working server.
   *
   * @param isLastAttempt whether the row has no attempts left after this one
   * @return whether to give up: the API has been away for too long, or the server says that it will
   *     be
   */
  boolean away(long now, PendingRequest request, CallResult.Again again, boolean isLastAttempt) {
    health = again.health();
    reason = again.message();
    suspected = true;
    if (request.countIn(streak)) {
      hasOddRows |= request.streaks() > 1;
      if (request.operation().isRead()) {
        // Whoever reads the list waits for its page: no other call would find the server away.
        rows += ROWS;
      } else if (request.streaks() == 1) {
        rows++;
      }
    }
    long told = Time.nanos(again.atLeast());
    boolean isCertain =
        rows >= ROWS || told > 0 || (isLastAttempt && rows >= FEW_ROWS && !hasOddRows);
    if (!active && isCertain) {
      active = true;
      probes = 0;
      began = now;
      longestTold = told;
      pause = FIRST_PAUSE;
      next = now + Math.min(pause, longest);
    } else if (active && request.isProbeOf(this)) {
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
   * Whether the next probe is a row that was not tried yet, if there is one: the rows that found no
   * server may themselves be the cause.
   */
  boolean wantsNewRow() {
    return active && probes % 2 == 1;
  }

  /** When the next call may probe, on the clock of {@link #away}. */
  long next() {
    return next;
  }

  /** What the last call found instead of the API, to end a run with. */
  String sentence() {
    return health.sentence() + ": " + reason;
  }

  @Nullable WaitReason waitReason(long now) {
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
      probes++;
    }
    return active;
  }

  @Override
  public void tried() {
    probing = false;
  }
}
