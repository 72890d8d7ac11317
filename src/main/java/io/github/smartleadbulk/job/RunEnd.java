package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.client.ClientStop;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.postgres.ServerFailure;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunStoppedException;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.store.DiskFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;

/**
 * How a process's work on a run ended. This is the one place that decides exit codes of runs.
 *
 * @param stopped why the run ended before its last row; null if it did not
 * @param fault a fault that the user cannot fix; null for none
 * @param isStateAway whether the work ended because the state could not be used any more
 */
record RunEnd(
    RunStatus status,
    ExitCode exitCode,
    @Nullable String stopped,
    @Nullable Throwable fault,
    boolean isStateAway) {

  RunEnd(RunStatus status, ExitCode exitCode, @Nullable String stopped, @Nullable Throwable fault) {
    this(status, exitCode, stopped, fault, false);
  }

  /** The exit codes of workspaces, from the gravest. */
  private static final List<ExitCode> GRAVEST =
      List.of(
          ExitCode.FAULT,
          ExitCode.SIGTERM,
          ExitCode.SIGINT,
          ExitCode.USAGE,
          ExitCode.KEY,
          ExitCode.GUARD,
          ExitCode.STOPPED_EARLY,
          ExitCode.OK);

  /** From the gravest: of several exit codes, the first decides. */
  static final Comparator<ExitCode> GRAVEST_FIRST = Comparator.comparingInt(GRAVEST::indexOf);

  /** How many workspaces to name in a message. */
  private static final int TOLD = 3;

  /**
   * @param endByWorkspace how the workspaces have ended that have stopped, by name
   * @param asked why the run was asked to stop; null if it was not
   * @param workspaces the number of all workspaces
   * @param resumed whether an earlier process has worked on the run
   * @param rowsNeedAttention whether a row is invalid, failed or uncertain
   */
  static RunEnd of(
      JobExecution execution,
      Map<String, RunEnd> endByWorkspace,
      @Nullable Stop asked,
      int workspaces,
      boolean resumed,
      boolean rowsNeedAttention) {
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      return new RunEnd(
          RunStatus.FINISHED,
          rowsNeedAttention ? ExitCode.ROWS_NEED_ATTENTION : ExitCode.OK,
          null,
          null);
    }
    // A step can fail while another one, beside it, is stopped because of that.
    List<Throwable> failures =
        execution.getAllFailureExceptions().stream()
            // A partitioned step only says that the step of a partition has failed.
            .filter(failure -> !(failure instanceof JobExecutionException))
            .toList();
    if (execution.getStatus() == BatchStatus.STOPPED && failures.isEmpty()) {
      RunEnd end = asked == null ? gravest(endByWorkspace, workspaces) : stopped(asked);
      // The run has done nothing and cannot do anything against this server.
      return end.exitCode() == ExitCode.USAGE && !resumed && endByWorkspace.size() == workspaces
          ? new RunEnd(RunStatus.REFUSED, end.exitCode(), end.stopped(), null)
          : end;
    }
    // If memory or the disk fails, consequences of the failure are also reported, sometimes first.
    return failures.stream()
        .filter(failure -> FaultMessages.findError(failure).isPresent())
        .findFirst()
        .or(() -> failures.stream().filter(f -> DiskFailure.find(f).isPresent()).findFirst())
        .or(() -> failures.stream().findFirst())
        .map(failure -> failed(failure, resumed))
        .orElseGet(() -> fault(new IllegalStateException("job ended " + execution.getStatus())));
  }

  private static RunEnd gravest(Map<String, RunEnd> endByWorkspace, int workspaces) {
    RunEnd gravest =
        endByWorkspace.values().stream()
            .min(Comparator.comparing(RunEnd::exitCode, GRAVEST_FIRST))
            .orElseGet(
                () -> fault(new IllegalStateException("the job stopped for no known reason")));
    return workspaces == 1 || endByWorkspace.isEmpty()
        ? gravest
        : new RunEnd(
            gravest.status(),
            gravest.exitCode(),
            reasons(endByWorkspace),
            gravest.fault(),
            endByWorkspace.values().stream().anyMatch(RunEnd::isStateAway));
  }

  /** Each reason with the workspaces that it concerns. */
  private static String reasons(Map<String, RunEnd> endByWorkspace) {
    Map<String, List<String>> workspacesByReason = new LinkedHashMap<>();
    endByWorkspace.forEach(
        (workspace, end) ->
            workspacesByReason
                .computeIfAbsent(String.valueOf(end.stopped()), reason -> new ArrayList<>())
                .add(workspace));
    int more = workspacesByReason.values().stream().skip(TOLD).mapToInt(List::size).sum();
    return workspacesByReason.entrySet().stream()
            .limit(TOLD)
            .map(entry -> names(entry.getValue()) + ": " + entry.getKey())
            .collect(Collectors.joining("; "))
        + (more > 0 ? "; " + Amount.of(more, "more workspace") + " stopped for other reasons" : "");
  }

  private static String names(List<String> workspaces) {
    int more = workspaces.size() - TOLD;
    return (workspaces.size() == 1 ? "workspace " : "workspaces ")
        + workspaces.stream().limit(TOLD).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** The end of the work on a workspace that has stopped. */
  static RunEnd of(OpenWorkspace workspace) {
    return stopped(workspace.client().stopped(), workspace.askedToStop());
  }

  /**
   * The end of the work of a client that has stopped.
   *
   * @param asked why somebody asked it to stop; null if nobody did
   */
  static RunEnd stopped(Optional<ClientStop> clientStop, @Nullable Stop asked) {
    if (asked != null) {
      return stopped(asked);
    }
    return clientStop
        .map(
            stop ->
                switch (stop.cause()) {
                  case KEY_REFUSED -> stopped(ExitCode.KEY, stop.message());
                  case WRONG_URL -> stopped(ExitCode.USAGE, stop.message());
                  case LIMIT_EXHAUSTED, SERVER_AWAY, TIME_OVER, RECORD_LOST ->
                      stopped(ExitCode.STOPPED_EARLY, stop.message());
                  case RECORD_AWAY -> stateAway(stop.message());
                  case ASKED, FAULT ->
                      new RunEnd(
                          RunStatus.STOPPED,
                          ExitCode.FAULT,
                          FaultMessages.words(stop.message()),
                          new IllegalStateException(stop.message()));
                })
        .orElseGet(() -> fault(new IllegalStateException("the job stopped for no known reason")));
  }

  private static RunEnd stopped(Stop asked) {
    return asked.isStateAway()
        ? stateAway(asked.message())
        : stopped(asked.exitCode(), asked.message());
  }

  private static RunEnd stateAway(String message) {
    return new RunEnd(RunStatus.STOPPED, ExitCode.STOPPED_EARLY, message, null, true);
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
    return ServerFailure.find(failure)
        .map(RunEnd::stateAway)
        .or(
            () ->
                DiskFailure.find(failure).map(message -> stopped(ExitCode.STOPPED_EARLY, message)))
        .orElseGet(() -> fault(failure));
  }

  private static RunEnd fault(Throwable failure) {
    return new RunEnd(RunStatus.STOPPED, ExitCode.FAULT, FaultMessages.words(failure), failure);
  }
}
