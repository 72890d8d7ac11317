package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;

/**
 * Why a call cannot be sent now.
 *
 * @param cause as in {@link Waiting#cause}
 * @param text as in {@link Waiting#text}
 * @param until when the reason ends, on the {@link Time#nanos} clock; {@link Time#NEVER} if it ends
 *     with a call
 */
record WaitReason(String cause, String text, long until) {

  /** No more calls may be in flight. This is not shown to people. */
  static final WaitReason BUSY = new WaitReason("busy", "calls in flight", Time.NEVER);

  static WaitReason window(RateWindow window, long until) {
    return new WaitReason(window.toString(), "window of " + window + " full", until);
  }

  boolean isWorthTelling() {
    return until != Time.NEVER;
  }
}
