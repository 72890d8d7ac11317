package io.github.smartleadbulk.client;

import java.time.Duration;
import java.util.Map;

/**
 * What the client has done so far.
 *
 * @param calls number of calls sent
 * @param rateLimited number of calls answered with 429
 * @param waitedByCause how long rows that were ready could not be sent, by {@link Waiting#cause}
 */
public record ClientStatistics(long calls, long rateLimited, Map<String, Duration> waitedByCause) {}
