package io.github.smartleadbulk.postgres;

/** This process was not heard of for too long, and others may have taken over its work. */
public final class SessionLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SessionLostException() {
    super(
        "this process was out of touch with the database, so another one may have taken over. Nothing more is sent");
  }
}
