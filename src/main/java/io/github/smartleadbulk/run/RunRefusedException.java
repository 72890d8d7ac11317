package io.github.smartleadbulk.run;

/** The run does not start. Nothing was sent, and the user can fix the cause. */
public final class RunRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunRefusedException(String message) {
    super(message);
  }
}
