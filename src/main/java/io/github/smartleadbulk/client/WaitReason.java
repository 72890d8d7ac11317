package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;

/**
 * What keeps a call from being sent now.
 *
 * @param cause as in {@link Waiting#cause}
 * @param text as in {@link Waiting#text}
 * @param until on the {@link Time#nanos} clock; {@link Time#NEVER} if the end of a call ends it
 */
record WaitReason(String cause, String text, long until) {

  /** As many calls are under way as may be: nothing to tell people about. */
  static final WaitReason BUSY = new WaitReason("busy", "calls under way", Time.NEVER);

  static WaitReason window(RateWindow window, long until) {
    return new WaitReason(window.toString(), "window of " + window + " full", until);
  }

  boolean isWorthTelling() {
    return until != Time.NEVER;
  }
}
