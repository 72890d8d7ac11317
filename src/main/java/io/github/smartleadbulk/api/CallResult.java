package io.github.smartleadbulk.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of one call, regardless of how often the request was tried. */
public sealed interface CallResult {

  /** The server has confirmed the change. */
  record Accepted(int status) implements CallResult {}

  /** A page was read. */
  record Listed(Answer.Listed page) implements CallResult {}

  /** A page has too many bytes and more than one row. */
  record TooLarge() implements CallResult {}

  /** The server refuses the request, and would refuse it again. */
  record Refused(int status, String message) implements CallResult {}

  /** A complete, readable 2xx does not confirm the change. Another attempt would not help. */
  record Unproven(int status, String message) implements CallResult {}

  /** The server refuses the key, as far as one answer shows. */
  record KeyRefused(int status, String message) implements CallResult {}

  /**
   * The call was rate-limited.
   *
   * @param pause how long the server asks to wait; zero if it does not say
   */
  record Busy(int status, String message, Duration pause) implements CallResult {}

  /**
   * Another attempt may succeed.
   *
   * @param status null if there was no answer
   * @param health what the result says about the server
   * @param atLeast how long the server asks to wait; zero if it does not say
   */
  record Again(
      @Nullable Integer status, String message, Doubt doubt, Health health, Duration atLeast)
      implements CallResult {}

  /** The client was closed while the call was in flight. */
  record CutOff() implements CallResult {}

  /** The call was not sent, because it was too late when there was a connection. */
  record Withheld() implements CallResult {

    /** What it means if it happens to one request again and again. */
    public Again asOutage() {
      return new Again(
          null,
          "connecting takes longer than a call may wait after it was recorded in the shared state",
          Doubt.NONE,
          Health.AWAY,
          Duration.ZERO);
    }
  }

  /** Whether the server may still have applied the change. */
  enum Doubt {
    NONE,
    /** The call was sent, and no answer came. */
    NO_ANSWER,
    /** A 2xx came that cannot be read. */
    UNREADABLE
  }

  /** What an answer, or its absence, says about the server. */
  enum Health {
    /** The API has answered: a problem concerns only this call. */
    WORKS("", ""),
    /** There is no answer, or a gateway says it found no server. */
    AWAY("server away", "the server is away"),
    /** A firewall answers instead of the API. */
    BLOCKED("calls blocked", "calls are blocked"),
    /** The API answers with faults of its own. */
    BROKEN("server out of order", "the server is out of order"),
    /** A server answers that does not know the API's paths. */
    ELSEWHERE("no API found", "no API is found");

    private final String shown;
    private final String sentence;

    Health(String shown, String sentence) {
      this.shown = shown;
      this.sentence = sentence;
    }

    /** The state in short, followed by a reason in parentheses. */
    public String shown() {
      return shown;
    }

    /** The state as a sentence, followed by a colon and a reason. */
    public String sentence() {
      return sentence;
    }
  }
}
