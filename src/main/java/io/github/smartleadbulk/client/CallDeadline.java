package io.github.smartleadbulk.client;

import java.time.Duration;
import java.time.Instant;

/**
 * The time until which calls may start. Checked before each call, on any thread; it must not block.
 */
public interface CallDeadline {

  /** No deadline. */
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

  /** How much longer calls may start; zero or less if no call may start. */
  Duration left();

  /** The message that time is up. */
  String over();

  /**
   * The message that time will be up before the next call.
   *
   * @param reason what holds the next call back
   */
  String pointless(Instant nextCall, String reason);
}
