package io.github.smartleadbulk.postgres;

/** Another process has what this one wants. The message says who. */
public final class InUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InUseException(String what, WorkSession.Conflict conflict) {
    super(what + " is in use by another run (" + conflict + ")");
  }
}
