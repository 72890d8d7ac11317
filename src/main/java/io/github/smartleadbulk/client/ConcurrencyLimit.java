package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.Time;

/**
 * Limits how many calls may be in flight at once.
 *
 * <p>With rate limits, the number is fixed: enough for the calls of one second, because few calls
 * take longer. The rate limits themselves bound bursts. Without rate limits, the number grows with
 * the latency: it doubles as long as it holds calls back and the server answers as fast as it would
 * answer a single call. If more calls make each call slower, because the server or this machine is
 * busy, more calls do not help. (Congestion control by delay, such as TCP Vegas, works alike.)
 *
 * <p>This class only computes. The caller has the lock.
 */
public final class ConcurrencyLimit {

  /** The minimum for low rate limits, so that a few slow calls do not hold up the others. */
  private static final int LEAST = 64;

  /** The first limit: more than a nearby server needs. */
  private static final int FIRST = 256;

  /** 10,000 calls a second to a server 100 ms away: more than the program can make. */
  private static final int LARGEST = 1_024;

  /** How full the limit must be on average to count as holding calls back. */
  private static final double FULL = 0.75;

  /** How many times longer than the shortest call the mean call can take. */
  private static final int SLOWED_DOWN = 2;

  private final int most;
  private int size;
  private long shortest = Long.MAX_VALUE;

  /** The answers in the present round, which ends after as many answers as the limit. */
  private int answers;

  private long took;
  private long begin;

  ConcurrencyLimit(int most, long now) {
    this.most = most;
    this.size = Math.min(most, FIRST);
    this.begin = now;
  }

  /** The largest limit that these settings can lead to. */
  public static int most(ClientSettings settings) {
    if (settings.concurrency() > 0) {
      return settings.concurrency();
    }
    if (settings.windows().isEmpty()) {
      return LARGEST;
    }
    double callsPerSecond =
        settings.windows().stream()
            .mapToDouble(window -> 1e9 * window.calls() / Time.nanos(window.length()))
            .min()
            .orElseThrow();
    return (int) Math.max(LEAST, Math.min(FIRST, callsPerSecond));
  }

  int size() {
    return size;
  }

  /**
   * A call was answered.
   *
   * @param sentAt on the same clock as {@code now}
   */
  void answered(long sentAt, long now) {
    shortest = Math.min(shortest, now - sentAt);
    took += now - sentAt;
    answers++;
    if (answers >= size) {
      // Calls per second times their duration is the number in flight.
      boolean isFull = took >= FULL * size * (now - begin);
      boolean isSlow = took > (double) SLOWED_DOWN * shortest * answers;
      if (isFull && !isSlow) {
        size = (int) Math.min(most, 2L * size);
      }
      beginRound(now);
    }
  }

  /**
   * Starts a new round. Also called when a call failed, because the server then has other problems
   * than latency.
   */
  void beginRound(long now) {
    begin = now;
    answers = 0;
    took = 0;
  }
}
