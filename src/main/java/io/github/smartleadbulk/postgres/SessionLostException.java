package io.github.smartleadbulk.postgres;

/** This process was not heard of for too long, and others may have taken over its work. */
public final class SessionLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final String OUT_OF_TOUCH =
      "this process was out of touch with the database, so another one may have taken over";

  static final String MESSAGE = OUT_OF_TOUCH + ". Nothing more is sent";

  /** The state of a failure of the database that means the same. */
  static final String SQL_STATE = "SL001";

  SessionLostException() {
    super(MESSAGE);
  }
}
