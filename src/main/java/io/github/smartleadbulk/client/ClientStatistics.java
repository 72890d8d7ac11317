package io.github.smartleadbulk.client;

import java.time.Duration;
import java.util.Map;

/**
 * What the client has done so far.
 *
 * @param calls sent, whatever became of them
 * @param refusals calls answered with 429
 * @param waitedByCause how long rows that were ready could not be sent; the keys are those of
 *     {@link Waiting#cause}
 */
public record ClientStatistics(long calls, long refusals, Map<String, Duration> waitedByCause) {}
