package io.github.smartleadbulk.client;

import java.time.Duration;
import java.time.Instant;

/** Until when calls may begin. Asked before each call, on any thread, and never waited for. */
public interface CallDeadline {

  /** No call is too late. */
  CallDeadline NONE =
      new CallDeadline() {
        @Override
        public Duration left() {
          return Duration.ofDays(36_500);
        }

        @Override
        public String over() {
          return "";
        }

        @Override
        public String pointless(Instant nextCall, String reason) {
          return "";
        }
      };

  /** How long from now on a call may begin; zero or less: not any more. */
  Duration left();

  /** Says that the time is over. */
  String over();

  /**
   * Says that it will be, before a call can be made.
   *
   * @param reason what holds calls back
   */
  String pointless(Instant nextCall, String reason);
}
