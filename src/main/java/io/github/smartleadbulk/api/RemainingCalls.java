package io.github.smartleadbulk.api;

import java.time.Duration;

/**
 * How many calls remain for the key, according to the server.
 *
 * @param remaining number of calls
 * @param until how long until there are more; zero if the server does not say
 */
public record RemainingCalls(long remaining, Duration until) {

  /** The value for an answer that says nothing about remaining calls. */
  static final RemainingCalls UNKNOWN = new RemainingCalls(Long.MAX_VALUE, Duration.ZERO);

  /**
   * How long no more calls may be sent; zero if a call may be sent.
   *
   * @param inFlight number of calls in flight, which the server may not have counted yet
   */
  public Duration exhaustedFor(int inFlight) {
    return remaining <= inFlight ? until : Duration.ZERO;
  }
}
