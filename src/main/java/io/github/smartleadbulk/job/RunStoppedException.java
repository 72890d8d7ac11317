package io.github.smartleadbulk.job;

/** A run ends here and can go on later. */
final class RunStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  RunStoppedException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
