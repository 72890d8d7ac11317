package io.github.smartleadbulk.client;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the client has done so far.
 *
 * @param calls number of calls sent
 * @param rateLimited number of calls answered with 429
 * @param waitedByCause how long rows that were ready could not be sent, by {@link Waiting#cause}
 */
public record ClientStatistics(long calls, long rateLimited, Map<String, Duration> waitedByCause) {

  /** What this client and another have done together. */
  public ClientStatistics plus(ClientStatistics other) {
    Map<String, Duration> waited = new TreeMap<>(waitedByCause);
    other.waitedByCause.forEach((cause, time) -> waited.merge(cause, time, Duration::plus));
    return new ClientStatistics(calls + other.calls, rateLimited + other.rateLimited, waited);
  }

  /** What was done since a client had done only this. */
  public ClientStatistics minus(ClientStatistics before) {
    Map<String, Duration> waited = new TreeMap<>(waitedByCause);
    before.waitedByCause.forEach(
        (cause, time) -> waited.merge(cause, time.negated(), Duration::plus));
    return new ClientStatistics(calls - before.calls, rateLimited - before.rateLimited, waited);
  }
}
