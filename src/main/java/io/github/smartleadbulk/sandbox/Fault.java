package io.github.smartleadbulk.sandbox;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * One way in which an API call goes wrong.
 *
 * @param status of the answer; 0 unless the kind is {@link Kind#STATUS}
 */
record Fault(Kind kind, int status) {

  enum Kind {
    /** An error status; nothing is applied. Spelled as the status. */
    STATUS,
    /** The connection is reset; nothing is applied. */
    RESET,
    /** No answer, until the client goes away; nothing is applied. */
    HANG,
    /** 200, and {@code ok} is false; nothing is applied. */
    NOTOK,
    /** 403 with the page behind which Cloudflare looks for a browser; nothing is applied. */
    CHALLENGE,
    /** 403 with JSON about the one account; nothing is applied. */
    FORBIDDEN,
    /** 403 with JSON that speaks of the rate limit; nothing is applied. */
    LIMITED,
    /** 200 with JSON that speaks of the rate limit; nothing is applied. */
    LIMITED200,
    /** Every update of the account: the page of {@link #CHALLENGE}; nothing is applied. */
    BLOCKED,
    /** 400 with JSON that says that the plan has expired; nothing is applied. */
    EXPIRED,
    /** 404 with the page of a server that has no such path; nothing is applied. */
    NOPATH,
    /** 503 with a time to come back; nothing is applied. */
    LATER,
    /** 200 without a body. This and the kinds below answer a call that took effect. */
    EMPTY,
    /** 200 with text that is not JSON. */
    TEXT,
    /** 200 with a page of HTML. */
    HTML,
    /** 200, and the body breaks off half-way. */
    CUT,
    /** The connection is reset instead of an answer: what nobody can be certain about. */
    LOST,
    /** 200, and the answer is about another account. */
    OTHER,
    /** The right answer, late. */
    SLOW
  }

  /** The fault of that name, or null if there is none. */
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

  /** Whether the call takes effect first and its answer is spoilt afterwards. */
  boolean isAfterwards() {
    return kind.compareTo(Kind.EMPTY) >= 0;
  }

  /** Whether its share is one of the accounts, not of the calls. */
  boolean isOfAccount() {
    return kind == Kind.BLOCKED;
  }

  boolean resetsConnection() {
    return kind == Kind.RESET || kind == Kind.LOST;
  }
}
