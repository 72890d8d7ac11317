package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.ClientStop;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunStoppedException;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.DiskFailure;
import io.github.smartleadbulk.state.RunStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * How a process's work on a run ended. This is the one place that decides exit codes of runs.
 *
 * @param stopped why the run ended before its last row; null if it did not
 * @param fault a fault that the user cannot fix; null for none
 */
record RunEnd(
    RunStatus status, ExitCode exitCode, @Nullable String stopped, @Nullable Throwable fault) {

  /**
   * @param resumed whether an earlier process has worked on the run
   * @param rowsNeedAttention whether a row is invalid, failed or uncertain
   */
  static RunEnd of(
      JobExecution execution,
      Optional<ClientStop> clientStop,
      @Nullable Stop asked,
      boolean resumed,
      boolean rowsNeedAttention) {
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      return new RunEnd(
          RunStatus.FINISHED,
          rowsNeedAttention ? ExitCode.ROWS_NEED_ATTENTION : ExitCode.OK,
          null,
          null);
    }
    if (execution.getStatus() == BatchStatus.STOPPED) {
      RunEnd end = stopped(clientStop, asked);
      // The run has done nothing and cannot do anything against this server.
      return end.exitCode() == ExitCode.USAGE && !resumed
          ? new RunEnd(RunStatus.REFUSED, end.exitCode(), end.stopped(), null)
          : end;
    }
    List<Throwable> failures = execution.getAllFailureExceptions();
    // If memory or the disk fails, consequences of the failure are also reported, sometimes first.
    return failures.stream()
        .filter(failure -> FaultMessages.findError(failure).isPresent())
        .findFirst()
        .or(() -> failures.stream().filter(f -> DiskFailure.find(f).isPresent()).findFirst())
        .or(() -> failures.stream().findFirst())
        .map(failure -> failed(failure, resumed))
        .orElseGet(() -> fault(new IllegalStateException("job ended " + execution.getStatus())));
  }

  /** The end of a run that the client stopped. */
  static RunEnd stopped(Optional<ClientStop> clientStop, @Nullable Stop asked) {
    if (asked != null) {
      return stopped(asked.exitCode(), asked.message());
    }
    return clientStop
        .map(
            stop ->
                switch (stop.cause()) {
                  case KEY_REFUSED -> stopped(ExitCode.KEY, stop.message());
                  case WRONG_URL -> stopped(ExitCode.USAGE, stop.message());
                  case LIMIT_EXHAUSTED, SERVER_AWAY, TIME_OVER, RECORD_LOST ->
                      stopped(ExitCode.STOPPED_EARLY, stop.message());
                  case ASKED, FAULT ->
                      new RunEnd(
                          RunStatus.STOPPED,
                          ExitCode.FAULT,
                          FaultMessages.words(stop.message()),
                          new IllegalStateException(stop.message()));
                })
        .orElseGet(() -> fault(new IllegalStateException("the job stopped for no known reason")));
  }

  private static RunEnd stopped(ExitCode code, String message) {
    return new RunEnd(RunStatus.STOPPED, code, message, null);
  }

  static RunEnd failed(Throwable failure, boolean resumed) {
    Optional<Throwable> error = FaultMessages.findError(failure);
    if (error.isPresent()) {
      return fault(error.get());
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof RunRefusedException refused && resumed && !refused.endsRun()) {
        // The refusal concerns this command's options: with other options, the run can continue.
        return stopped(ExitCode.USAGE, message);
      }
      if (cause instanceof InputException || cause instanceof RunRefusedException) {
        return new RunEnd(RunStatus.REFUSED, ExitCode.USAGE, message, null);
      }
      if (cause instanceof RunStoppedException stopped) {
        return stopped(stopped.exitCode(), message);
      }
    }
    return DiskFailure.find(failure)
        .map(message -> stopped(ExitCode.STOPPED_EARLY, message))
        .orElseGet(() -> fault(failure));
  }

  private static RunEnd fault(Throwable failure) {
    return new RunEnd(RunStatus.STOPPED, ExitCode.FAULT, FaultMessages.words(failure), failure);
  }
}
