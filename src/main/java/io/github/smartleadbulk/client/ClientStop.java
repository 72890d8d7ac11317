package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.ClientSettings;

/**
 * Why the client starts no more calls.
 *
 * @param message one line for people
 */
public record ClientStop(Cause cause, String message) {

  /** The kind of cause. */
  public enum Cause {
    /** Somebody called {@link SmartleadClient#stop}. */
    ASKED,
    /** A 401, an answer about the key or its plan, or a 403 to many consecutive rows. */
    KEY_REFUSED,
    /** The first answers came from a server that does not know the API's paths. */
    WRONG_URL,
    /** Every call got a 429 for too long. */
    LIMIT_EXHAUSTED,
    /** There was no working server for longer than {@link ClientSettings#maxOutage}. */
    SERVER_AWAY,
    /** Time is up, or will be before the next call. */
    TIME_OVER,
    /** A fault of the program. */
    FAULT,
    /** A call could not be recorded and was not made. */
    RECORD_LOST,
    /** The same, because the record is away or others may have taken over. */
    RECORD_AWAY
  }
}
