package io.github.smartleadbulk.run;

/** A run is not begun: nothing was sent, and the user can mend the cause. */
public final class RunRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunRefusedException(String message) {
    super(message);
  }
}
