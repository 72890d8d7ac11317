package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;

/**
 * What keeps a call from being sent now.
 *
 * @param cause as in {@link Waiting#cause}
 * @param text as in {@link Waiting#text}
 * @param until on the {@link Time#nanos} clock; {@link Time#NEVER} if the end of a call ends it
 */
record Hold(String cause, String text, long until) {

  /** As many calls are under way as may be: nothing to tell people about. */
  static final Hold BUSY = new Hold("busy", "calls under way", Time.NEVER);

  static Hold window(RateWindow window, long until) {
    return new Hold(window.toString(), "window of " + window + " full", until);
  }

  boolean isWorthTelling() {
    return until != Time.NEVER;
  }
}
