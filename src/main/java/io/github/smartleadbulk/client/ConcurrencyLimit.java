package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.Time;

/**
 * How many calls may be under way at once.
 *
 * <p>With limits that is fixed: enough for the calls of one second, since few take longer; bursts
 * are bounded by the limits themselves. Without limits, the number grows to what the latency needs:
 * it doubles as long as it is what holds calls back and the server answers as fast as it would
 * answer a single call. When more calls make each call slower, because the server or this machine
 * is busy, more calls bring nothing. (Congestion windows that watch the delay work alike, such as
 * TCP Vegas.)
 *
 * <p>Computes only; the caller has the lock.
 */
public final class ConcurrencyLimit {

  /** For low limits, where a few slow calls must not hold up the others. */
  private static final int LEAST = 64;

  /** To begin with: more than a nearby server needs. */
  private static final int FIRST = 256;

  /** 10,000 calls a second to a server 100 ms away: more than the program can make. */
  private static final int LARGEST = 1_024;

  /** How full it has to be, on average, to be what holds calls back. */
  private static final double FULL = 0.75;

  /** How many times longer than the shortest call the mean call may take. */
  private static final int SLOWED_DOWN = 2;

  private final int most;
  private int size;
  private long shortest = Long.MAX_VALUE;

  /** Of the present round, which ends after as many answers as calls may be under way. */
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
      // Calls a second, times how long they take, are those under way.
      boolean isFull = took >= FULL * size * (now - begin);
      boolean isSlow = took > (double) SLOWED_DOWN * shortest * answers;
      if (isFull && !isSlow) {
        size = (int) Math.min(most, 2L * size);
      }
      beginRound(now);
    }
  }

  /** A call was not: the server has other troubles than to be far away. */
  void beginRound(long now) {
    begin = now;
    answers = 0;
    took = 0;
  }
}
