package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.CallResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts calls and the time that rows waited. Not thread-safe: the caller has the lock. */
final class ClientMetrics {

  /** The weight of the latest call in the mean latency. */
  private static final double WEIGHT = 0.05;

  private final Map<String, Long> waitedByCause = new LinkedHashMap<>();
  private @Nullable WaitReason waitReason;
  private long since;

  private long calls;
  private long rateLimited;
  private double latency;

  /** Sets what rows that are ready wait for; null if they can be sent. */
  void waiting(@Nullable WaitReason waitReason, long now) {
    if (this.waitReason != null && this.waitReason.isWorthTelling()) {
      waitedByCause.merge(this.waitReason.cause(), now - since, Long::sum);
    }
    this.waitReason = waitReason;
    this.since = now;
  }

  /** What rows that are ready wait for; null for nothing. */
  @Nullable WaitReason waitReason() {
    return waitReason;
  }

  void sent() {
    calls++;
  }

  /** The latest call that was counted has not been sent. */
  void neverSent() {
    calls--;
  }

  void ended(CallResult result, long took) {
    if (result instanceof CallResult.Busy) {
      rateLimited++;
    }
    latency += latency == 0 ? took : WEIGHT * (took - latency);
  }

  /** The mean latency of the latest calls in nanoseconds; 0 before the first call. */
  long latency() {
    return (long) latency;
  }

  ClientStatistics statistics(long now) {
    waiting(waitReason, now);
    Map<String, Duration> waited = new LinkedHashMap<>();
    waitedByCause.forEach((cause, nanos) -> waited.put(cause, Duration.ofNanos(nanos)));
    return new ClientStatistics(calls, rateLimited, waited);
  }
}
