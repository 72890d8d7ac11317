package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.run.ExitCode;

/** A signal came before there was a run to stop. */
public final class SignalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public final ExitCode signal;

  public SignalException(ExitCode signal) {
    super("stopped by " + signal + " while waiting for the state folder. Nothing was sent.");
    this.signal = signal;
  }
}
