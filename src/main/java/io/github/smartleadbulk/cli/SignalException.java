package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;

/** A signal came before there was a run that could be stopped. */
final class SignalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  final ExitCode signal;

  SignalException(ExitCode signal) {
    super("stopped by " + signal + " while waiting for the state folder; nothing was sent");
    this.signal = signal;
  }
}
