package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.api.ProxyException;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.SignalException;
import io.github.smartleadbulk.cli.target.NoKeyException;
import io.github.smartleadbulk.cli.target.NotOfThisWorkerException;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.page.PageException;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.store.StateException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine.ParameterException;

/** Turns an exception into a message and an exit code. */
record Failures(PrintStream err) {

  ExitCode report(Exception e, boolean verbose) {
    err.println("error: " + Cells.printable(FaultMessages.of(e)));
    ExitCode code = code(e);
    if (verbose) {
      err.print(Cells.printable(stackTrace(e)));
    } else if (code == ExitCode.FAULT) {
      err.println("This is a bug in the program. Add -v to see where it happened.");
    }
    return code;
  }

  private static String stackTrace(Exception e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  static ExitCode code(Exception e) {
    if (FaultMessages.findError(e).isPresent()) {
      return ExitCode.FAULT;
    }
    if (e instanceof NotOfThisWorkerException) {
      return ExitCode.LEFT_TO_OTHERS;
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
    if (FaultMessages.isOfTheDisk(e) || e instanceof PageException) {
      return ExitCode.STOPPED_EARLY;
    }
    return e instanceof ParameterException
            || e instanceof UsageException
            || e instanceof ProxyException
            || e instanceof InputException
            || e instanceof RunRefusedException
            || e instanceof StateException
            || e instanceof IOException
            || e instanceof UncheckedIOException
        ? ExitCode.USAGE
        : ExitCode.FAULT;
  }
}
