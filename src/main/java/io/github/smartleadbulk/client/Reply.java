package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one call brought: the table of answers, before anybody asks how often it was tried. */
sealed interface Reply {

  /** Done. */
  record Accepted(int status) implements Reply {}

  /** Read. */
  record Listed(Answer.Listed page) implements Reply {}

  /** Never to be done: asking again would bring the same. */
  record Refused(int status, String message) implements Reply {}

  /** A whole, readable 2xx that does not say whether it was done; asking again brings no more. */
  record Unproven(int status, String message) implements Reply {}

  /** No call with this key will do better. */
  record KeyRefused(int status, String message) implements Reply {}

  /**
   * Not now, says the limit.
   *
   * @param pause zero if the server names none
   */
  record Busy(int status, String message, Duration pause) implements Reply {}

  /**
   * Perhaps with better luck.
   *
   * @param status null if there was no answer
   * @param health what it says about the server
   * @param atLeast how long the server wants to be left alone; zero if it does not say
   */
  record Again(
      @Nullable Integer status, String message, Doubt doubt, Health health, Duration atLeast)
      implements Reply {}

  /** Nobody's word: the client was closed while the call was under way. */
  record CutOff() implements Reply {}

  /** Whether the server may have done it all the same. */
  enum Doubt {
    NONE,
    /** It was sent, and no answer came. */
    NO_ANSWER,
    /** A 2xx came that nobody can read. */
    UNREADABLE
  }

  /** Whether there is a server that works. */
  enum Health {
    WORKS,
    AWAY
  }
}
