package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.Time;

/**
 * How many calls may be under way at once.
 *
 * <p>With limits that is fixed: enough for the calls of one second, since few take longer; bursts
 * are bounded by the limits themselves. Without limits it grows to what the latency needs: it
 * doubles as long as it is what holds calls back and the server takes no longer for them than it
 * would for one alone. Where calls get slower by being many, at a busy server or on a busy machine,
 * more of them bring nothing. (The rule of congestion windows that watch the delay, such as TCP
 * Vegas.)
 *
 * <p>Computes only; the caller has the lock.
 */
public final class ConcurrencyLimit {

  /** For limits so low that it hardly matters: a server that takes its time holds up no others. */
  private static final int LEAST = 64;

  /** More than a server in the same house needs; to begin with. */
  private static final int FIRST = 256;

  /** 10,000 calls a second to a server 100 ms away: more than the program can make. */
  private static final int LARGEST = 1_024;

  /** How full the window has to be, on average, to be what holds calls back. */
  private static final double FULL = 0.75;

  /** How many times the shortest call the mean one may take. */
  private static final int SLOWED_DOWN = 2;

  private final int most;
  private int size;
  private long shortest = Long.MAX_VALUE;

  /** Of the present round, which ends with as many answers as the window is wide. */
  private int answers;

  private long took;
  private long begin;

  ConcurrencyLimit(int most, long now) {
    this.most = most;
    this.size = Math.min(most, FIRST);
    this.begin = now;
  }

  /** The most that it ever comes to. */
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
