package io.github.smartleadbulk.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one call brought: the table of answers, before anybody asks how often it was tried. */
public sealed interface CallResult {

  /** Done. */
  record Accepted(int status) implements CallResult {}

  /** Read. */
  record Listed(Answer.Listed page) implements CallResult {}

  /** A page that has too many bytes, and more than one row. */
  record TooLarge() implements CallResult {}

  /** Never to be done: asking again would bring the same. */
  record Refused(int status, String message) implements CallResult {}

  /** A whole, readable 2xx that does not say whether it was done; asking again brings no more. */
  record Unproven(int status, String message) implements CallResult {}

  /** As far as one answer tells, no call with this key does better. */
  record KeyRefused(int status, String message) implements CallResult {}

  /**
   * Not now, says the limit.
   *
   * @param pause zero if the server names none
   */
  record Busy(int status, String message, Duration pause) implements CallResult {}

  /**
   * Perhaps with better luck.
   *
   * @param status null if there was no answer
   * @param health what it says about the server
   * @param atLeast how long the server wants to be left alone; zero if it does not say
   */
  record Again(
      @Nullable Integer status, String message, Doubt doubt, Health health, Duration atLeast)
      implements CallResult {}

  /** Nobody's word: the client was closed while the call was under way. */
  record CutOff() implements CallResult {}

  /** Whether the server may have done it all the same. */
  enum Doubt {
    NONE,
    /** It was sent, and no answer came. */
    NO_ANSWER,
    /** A 2xx came that nobody can read. */
    UNREADABLE
  }

  /** What an answer, or the lack of one, says about everything that lies behind it. */
  enum Health {
    /** The API has spoken: what is wrong is wrong with this call. */
    WORKS("", ""),
    /** Nobody answers, or a gateway says that it finds nobody. */
    AWAY("server away", "the server is away"),
    /** A firewall answers in the API's place. */
    BLOCKED("calls blocked", "calls are blocked"),
    /** The API answers, with nothing but faults of its own. */
    BROKEN("server out of order", "the server is out of order"),
    /** Somebody answers who does not know the API's paths. */
    ELSEWHERE("no API found", "no API is found");

    private final String shown;
    private final String sentence;

    Health(String shown, String sentence) {
      this.shown = shown;
      this.sentence = sentence;
    }

    /** To stand before a reason in parentheses. */
    public String shown() {
      return shown;
    }

    /** To stand before a colon and a reason. */
    public String sentence() {
      return sentence;
    }
  }
}
