package io.github.smartleadbulk.sandbox;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * One way in which an API call goes wrong.
 *
 * @param status the status of the answer; 0 unless the kind is {@link Kind#STATUS}
 */
record Fault(Kind kind, int status) {

  enum Kind {
    /** An error status; nothing is applied. The fault is spelled as the status. */
    STATUS,
    /** The connection is reset; nothing is applied. */
    RESET,
    /** No answer until the client gives up; nothing is applied. */
    HANG,
    /** 200, and {@code ok} is false; nothing is applied. */
    NOTOK,
    /** 403 with the page on which Cloudflare checks for a browser; nothing is applied. */
    CHALLENGE,
    /** 403 with JSON about the account; nothing is applied. */
    FORBIDDEN,
    /** 403 with JSON about the rate limit; nothing is applied. */
    LIMITED,
    /** 200 with JSON about the rate limit; nothing is applied. */
    LIMITED200,
    /** Every update of the account gets the page of {@link #CHALLENGE}; nothing is applied. */
    BLOCKED,
    /** 400 with JSON that says that the plan has expired; nothing is applied. */
    EXPIRED,
    /** 404 with the page of a server without this path; nothing is applied. */
    NOPATH,
    /** 503 with {@code Retry-After}; nothing is applied. */
    LATER,
    /** 200 without a body. In this and the following kinds, the call takes effect. */
    EMPTY,
    /** 200 with text that is not JSON. */
    TEXT,
    /** 200 with an HTML page. */
    HTML,
    /** 200 with a body that ends half-way. */
    CUT,
    /**
     * The connection is reset instead of an answer, so the caller cannot know whether the call took
     * effect.
     */
    LOST,
    /** 200 with an answer about another account. */
    OTHER,
    /** The right answer, but late. */
    SLOW
  }

  /** The fault with this name, or null if there is none. */
  static @Nullable Fault find(String name) {
    if (name.matches("[345][0-9]{2}")) {
      return new Fault(Kind.STATUS, Integer.parseInt(name));
    }
    Kind kind = Spelling.find(Kind.class, name);
    return kind == null || kind == Kind.STATUS ? null : new Fault(kind, 0);
  }

  static String names() {
    return Spelling.list(EnumSet.complementOf(EnumSet.of(Kind.STATUS)));
  }

  /** Whether the call takes effect before its answer is damaged. */
  boolean isAfterwards() {
    return kind.compareTo(Kind.EMPTY) >= 0;
  }

  /** Whether the percentage is of accounts instead of calls. */
  boolean isOfAccount() {
    return kind == Kind.BLOCKED;
  }

  boolean resetsConnection() {
    return kind == Kind.RESET || kind == Kind.LOST;
  }
}
