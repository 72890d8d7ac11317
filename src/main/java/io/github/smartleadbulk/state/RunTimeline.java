package io.github.smartleadbulk.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a run over time, as its journal records them. The number of sessions and buckets is
 * limited, however long the run took and however often it was resumed.
 *
 * @param bucketLength the length of every bucket
 * @param sessions what each process did, the oldest first
 * @param earlierSessions how many sessions before them are left out
 * @param isWhole false if the journal is damaged; the timeline ends at the damage
 */
public record RunTimeline(
    Duration bucketLength, List<Session> sessions, int earlierSessions, boolean isWhole) {

  public RunTimeline {
    sessions = List.copyOf(sessions);
  }

  /**
   * What one process did.
   *
   * @param end the last moment on record if the process did not end in order
   * @param status how the run stood when the process ended; null if the process was killed or is at
   *     work
   * @param buckets without gaps. The first one contains {@code begin}, and the last one {@code end}
   */
  public record Session(
      Instant begin, Instant end, @Nullable RunStatus status, List<Bucket> buckets) {

    public Session {
      buckets = List.copyOf(buckets);
    }
  }

  /**
   * What happened in a span of time. The journal has the moment of every call. The rest is on
   * record about once a second while rows end, so longer silences are estimated: waits are spread
   * evenly over the time since they were last recorded, and rate-limited calls over the calls since
   * then.
   *
   * @param start a multiple of the length since 1970 (UTC), so lengths up to 15 minutes start at
   *     round times of the day everywhere
   * @param calls including those for pages of the account list
   * @param waitedByCause how long rows that were ready could not be sent. Causes without waits are
   *     left out
   */
  public record Bucket(
      Instant start, long calls, long rateLimited, Map<String, Duration> waitedByCause) {

    public Bucket {
      waitedByCause = Map.copyOf(waitedByCause);
    }
  }
}
