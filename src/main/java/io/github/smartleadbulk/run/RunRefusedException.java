package io.github.smartleadbulk.run;

/** The run does not start. Nothing was sent, and the user can fix the cause. */
public final class RunRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean endsRun;

  public RunRefusedException(String message) {
    this(message, false);
  }

  private RunRefusedException(String message, boolean endsRun) {
    super(message);
    this.endsRun = endsRun;
  }

  /** The refusal of a run that has sent nothing and is not to be resumed, even if it was before. */
  public static RunRefusedException forGood(String message) {
    return new RunRefusedException(message, true);
  }

  /** Whether the run cannot be resumed after this refusal. */
  public boolean endsRun() {
    return endsRun;
  }
}
