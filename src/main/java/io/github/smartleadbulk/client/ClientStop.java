package io.github.smartleadbulk.client;

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
    /** 401 or 403. */
    KEY_REFUSED,
    /** Nothing but 429 for 15 minutes. */
    LIMIT_EXHAUSTED,
    /** No working server for longer than {@link ClientSettings#maxOutage}. */
    SERVER_AWAY,
    /** A fault of the program. */
    FAULT,
    /** A call could not be put on record, and so was not made. */
    RECORD_LOST
  }
}
