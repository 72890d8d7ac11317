package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.ClientSettings;

/**
 * Why the client starts no more calls.
 *
 * @param message for people, one line
 */
public record ClientStop(Cause cause, String message) {

  /** What kind of end it is. */
  public enum Cause {
    /** Somebody called {@link SmartleadClient#stop}. */
    ASKED,
    /** 401, an answer that speaks of the key or its plan, or 403 to many rows in a row. */
    KEY_REFUSED,
    /** The first answers came from somebody who does not know the API's paths. */
    WRONG_URL,
    /** Nothing but 429 for longer than makes sense. */
    LIMIT_EXHAUSTED,
    /** No working server for longer than {@link ClientSettings#maxOutage}. */
    SERVER_AWAY,
    /** No call may begin any more, or none could before the time is up. */
    TIME_OVER,
    /** A fault of the program. */
    FAULT,
    /** A call could not be put on record, and so was not made. */
    RECORD_LOST
  }
}
