package io.github.smartleadbulk.api;

import java.time.Duration;

/**
 * What the server says is left of the key's budget.
 *
 * @param remaining calls
 * @param until when there will be more; zero if nobody says
 */
public record RemainingCalls(long remaining, Duration until) {

  /** Of an answer that says nothing about it. */
  static final RemainingCalls UNKNOWN = new RemainingCalls(Long.MAX_VALUE, Duration.ZERO);

  /**
   * How long no further call is to be sent; zero if one may be.
   *
   * @param inFlight calls under way, which the server may not have counted yet
   */
  public Duration exhaustedFor(int inFlight) {
    return remaining <= inFlight ? until : Duration.ZERO;
  }
}
