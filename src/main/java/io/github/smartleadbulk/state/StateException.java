package io.github.smartleadbulk.state;

import org.jspecify.annotations.Nullable;

/** The state folder cannot be used; the message says why and what to do. */
public final class StateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Another process holds the folder. */
    IN_USE,
    /** Not readable, not writable, damaged, or written by a newer version. */
    UNUSABLE
  }

  private final Reason reason;

  StateException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  StateException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
