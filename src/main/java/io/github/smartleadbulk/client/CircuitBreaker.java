package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.CallResult.Health;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Detects that the API is not available, which a failed connection, a gateway's error, a firewall's
 * page or a fault of the server shows. The breaker opens when {@link #ROWS} different consecutive
 * rows found no API. Then, after growing pauses, one call at a time probes whether the API is back.
 * The breaker opens earlier if the server says how long it will be away, or if a row has no
 * attempts left and no other row that was tried got an answer: then only a few rows are left.
 *
 * <p>This class only computes. The caller has the clock and the lock.
 */
final class CircuitBreaker implements Probe {

  static final int ROWS = 20;

  /** More than one row, because a single row may itself be the cause. */
  private static final int FEW_ROWS = 2;

  private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();

  private final long maxOutage;

  /** The number of the present streak of failures. Each row is counted once in each streak. */
  private long streak = 1;

  private boolean suspected;

  /** The number of different rows in this streak that were in no earlier streak. */
  private int rows;

  /**
   * Whether a row of this streak was in an earlier streak, so that others were served and it was
   * not.
   */
  private boolean hasOddRows;

  private boolean open;
  private long openedAt;
  private long longestTold;
  private long pause;
  private long next;

  /** No call is sent before this time, whatever the answers to earlier calls say. */
  private long toldUntil = Long.MIN_VALUE;

  private boolean probing;
  private int probes;
  private Health health = Health.AWAY;
  private String reason = "";

  CircuitBreaker(Duration maxOutage) {
    this.maxOutage = Time.nanos(maxOutage);
  }

  /**
   * A call found no working server.
   *
   * @param isLastAttempt whether the row has no attempts left after this one
   * @return whether to give up, because the API has been away for too long or the server says it
   *     will be
   */
  boolean away(long now, PendingRequest request, CallResult.Again again, boolean isLastAttempt) {
    health = again.health();
    reason = again.message();
    suspected = true;
    if (request.countIn(streak)) {
      hasOddRows |= request.streaks() > 1;
      if (request.operation().isRead()) {
        // A reader of the list waits for its page, so no other call would find the server away.
        rows += ROWS;
      } else if (request.streaks() == 1) {
        rows++;
      }
    }
    long told = Time.nanos(again.atLeast());
    boolean isCertain =
        rows >= ROWS || told > 0 || (isLastAttempt && rows >= FEW_ROWS && !hasOddRows);
    if (!open && isCertain) {
      open = true;
      probes = 0;
      openedAt = now;
      longestTold = told;
      pause = FIRST_PAUSE;
      next = now + Math.min(pause, maxOutage);
    } else if (open && request.isProbeOf(this)) {
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
      next = Math.min(now + pause, Math.max(now, end()));
    }
    if (!open) {
      return false;
    }
    boolean isTooLong = told > maxOutage || now + told > end();
    longestTold = Math.max(longestTold, told);
    next = Math.max(next, now + told);
    toldUntil = told > 0 ? Math.max(toldUntil, now + told) : toldUntil;
    return isTooLong || now >= end();
  }

  private long end() {
    return openedAt + longestTold + maxOutage;
  }

  /** A working server has answered a call. */
  void works(long sentAt) {
    if (suspected && sentAt >= toldUntil) {
      streak++;
      suspected = false;
      rows = 0;
      hasOddRows = false;
      open = false;
    }
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the latest calls found no server, so that the server may be away. */
  boolean isSuspected() {
    return suspected;
  }

  /**
   * Whether the next probe should be a row that was not tried yet, because the rows that found no
   * server may themselves be the cause.
   */
  boolean wantsNewRow() {
    return open && probes % 2 == 1;
  }

  /** When the next call may probe, on the clock of {@link #away}. */
  long next() {
    return next;
  }

  /** What the last call found instead of the API, as the reason that ends a run. */
  String sentence() {
    return health.sentence() + ": " + reason;
  }

  @Nullable WaitReason waitReason(long now) {
    if (!open) {
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
    if (open) {
      probing = true;
      probes++;
    }
    return open;
  }

  @Override
  public void tried() {
    probing = false;
  }
}
