package io.github.smartleadbulk.sandbox;

import java.util.Map;

/**
 * The decision of the rate limits about a call.
 *
 * @param at when the call arrived, on the nano clock
 * @param nanosUntilRoom how long until another call would be admitted; useful only if this one was
 *     not
 * @param headers headers that inform the caller about its limits; empty if there are none
 */
record LimitDecision(long at, boolean admitted, long nanosUntilRoom, Map<String, String> headers) {

  private static final long SECOND = 1_000_000_000;

  /** The value of the header, in whole seconds, rounded up. */
  long retryAfterSeconds() {
    return Math.max(1, (nanosUntilRoom + SECOND - 1) / SECOND);
  }
}
