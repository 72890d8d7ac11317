package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.input.InputException;
import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.Faults;
import io.github.smartleadbulk.job.RunRefusedException;
import io.github.smartleadbulk.state.DiskFailure;
import io.github.smartleadbulk.state.StateException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** From an exception to words and an exit code. */
final class Failures {

  private final PrintStream err;

  Failures(PrintStream err) {
    this.err = err;
  }

  ExitCode report(Exception e, boolean verbose) {
    err.println("error: " + Cells.printable(message(e)));
    ExitCode code = code(e);
    if (verbose) {
      err.print(Cells.printable(stackTrace(e)));
    } else if (code == ExitCode.FAULT) {
      err.println("This is a fault of the program; -v shows where.");
    }
    return code;
  }

  private static String stackTrace(Exception e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  private static ExitCode code(Exception e) {
    if (Faults.findError(e).isPresent()) {
      return ExitCode.FAULT;
    }
    if (e instanceof NoKeyException) {
      return ExitCode.KEY;
    }
    if (e instanceof SignalException stopped) {
      return stopped.signal;
    }
    if (e instanceof StateException state && state.reason() == StateException.Reason.IN_USE) {
      return ExitCode.STATE_IN_USE;
    }
    if (isOfTheDisk(e)) {
      return ExitCode.STOPPED_EARLY;
    }
    return e instanceof ParameterException
            || e instanceof UsageException
            || e instanceof InputException
            || e instanceof RunRefusedException
            || e instanceof StateException
            || e instanceof IOException
            || e instanceof UncheckedIOException
        ? ExitCode.USAGE
        : ExitCode.FAULT;
  }

  /** A file that is not there is the user's to name rightly; a full disk or a lost database not. */
  private static boolean isOfTheDisk(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return isOfTheDisk(Objects.requireNonNull(unchecked.getCause()));
    }
    if (e instanceof IOException failure) {
      return DiskFailure.isOfTheDisk(failure);
    }
    return e instanceof StateException state
        ? state.reason() == StateException.Reason.DISK
        : DiskFailure.find(e).isPresent();
  }

  static String message(Throwable e) {
    Optional<Throwable> error = Faults.findError(e);
    if (error.isPresent()) {
      return Faults.words(error.get());
    }
    Optional<String> ofTheDisk = isOfTheDisk(e) ? DiskFailure.find(e) : Optional.empty();
    if (ofTheDisk.isPresent()) {
      return ofTheDisk.get();
    }
    if (e instanceof UncheckedIOException && e.getCause() != null) {
      return message(e.getCause());
    }
    if (e instanceof NoSuchFileException) {
      return e.getMessage() + ": no such file";
    }
    if (e instanceof AccessDeniedException) {
      return e.getMessage() + ": access denied";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
