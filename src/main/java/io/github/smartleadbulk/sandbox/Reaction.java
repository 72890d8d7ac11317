package io.github.smartleadbulk.sandbox;

import java.time.Duration;
import java.util.Map;

/**
 * What happens to a request.
 *
 * @param at when the request arrived, on the nano clock
 * @param answer the answer, which is sent if the ending is {@link Ending#ANSWER}
 * @param extraDelay a delay in addition to the latency
 */
record Reaction(long at, ApiResponse answer, Ending ending, Duration extraDelay) {

  enum Ending {
    ANSWER,
    RESET,
    HANG
  }

  static Reaction of(long at, ApiResponse answer) {
    return new Reaction(at, answer, Ending.ANSWER, Duration.ZERO);
  }

  Reaction with(Map<String, String> headers) {
    return headers.isEmpty() ? this : new Reaction(at, answer.with(headers), ending, extraDelay);
  }

  int status() {
    return ending == Ending.ANSWER ? answer.status() : SandboxRequest.NO_ANSWER;
  }
}
