package io.github.smartleadbulk.sandbox;

import java.util.Map;

/**
 * What the limits say to a call.
 *
 * @param at when it arrived, by the nano clock
 * @param nanosUntilRoom until another call would be let in; of use where this one was not
 * @param headers that tell the caller about its limits; empty where there are none
 */
record LimitDecision(long at, boolean admitted, long nanosUntilRoom, Map<String, String> headers) {

  private static final long SECOND = 1_000_000_000;

  /** Whole seconds, rounded up, as the header wants them. */
  long retryAfterSeconds() {
    return Math.max(1, (nanosUntilRoom + SECOND - 1) / SECOND);
  }
}
