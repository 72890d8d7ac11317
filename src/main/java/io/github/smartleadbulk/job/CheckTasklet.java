package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.guard.Objection;
import io.github.smartleadbulk.guard.PlannedChanges;
import io.github.smartleadbulk.guard.WorkspaceChanges;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.ResultsFile;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunStoppedException;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.run.Supersession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * The last check before the first write: plans all remaining rows, lets the guards check them, and
 * asks the user if somebody is there to answer. Skips the rows if nobody is asked and no guard can
 * object to this kind of input.
 */
final class CheckTasklet implements Tasklet {

  private final RunContext context;
  private final AtomicBoolean addressesFound;
  private final @Nullable Deadline limit;

  /** What is about to change, as far as it is known; null if no guard can object. */
  private @Nullable WorkspaceChanges changes;

  /**
   * @param addressesFound whether rows may find their accounts by address in lists that were read
   * @param limit the deadline of the run; null for none
   */
  CheckTasklet(RunContext context, AtomicBoolean addressesFound, @Nullable Deadline limit) {
    this.context = context;
    this.addressesFound = addressesFound;
    this.limit = limit;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws IOException {
    if (addressesFound.get()) {
      new InputInspection(context).lookUpAddresses();
    }
    RepeatStatus status = check(contribution);
    if (status == RepeatStatus.FINISHED && context.rowsWritten() == 0) {
      // From here on, rows are written.
      ResultsFile.begin(
          context.prepared().files().results(), ByteOrderMark.of(context.options().excel()));
    }
    return status;
  }

  private RepeatStatus check(StepContribution contribution) throws IOException {
    context.checkFailures();
    if (context.isEveryRowEnded() || !isNeeded()) {
      return RepeatStatus.FINISHED;
    }
    changes = context.countChanges();
    PlanCounts counts = new PlanCounts();
    Optional<String> superseded = plan(changes, counts, OpenWorkspace::isReady);
    if (context.isStopped()) {
      contribution.getStepExecution().setTerminateOnly();
      return RepeatStatus.CONTINUABLE;
    }
    context.progress().needed(counts.callsByWorkspace());
    if (superseded.isPresent()) {
      throw new RunRefusedException(superseded.get());
    }
    Optional<String> objection = objection(changes);
    if (objection.isPresent()) {
      throw new RunStoppedException(ExitCode.GUARD, objection.get());
    }
    askOwnGuards(changes, OpenWorkspace::isReady);
    if (context.isStopped()) {
      contribution.getStepExecution().setTerminateOnly();
      return RepeatStatus.CONTINUABLE;
    }
    checkTime(counts.callsByWorkspace());
    if (!isAgreed(counts.totals(context))) {
      contribution.getStepExecution().setTerminateOnly();
      return RepeatStatus.CONTINUABLE;
    }
    return RepeatStatus.FINISHED;
  }

  /**
   * Checks the rows of a workspace whose accounts were read later than those of the others. The
   * changes of the others count too, but an objection stops only this workspace.
   *
   * @throws RunRefusedException if its rows have problems and {@code --strict} is set
   */
  synchronized void checkLate(OpenWorkspace workspace) throws IOException {
    if (addressesFound.get()) {
      new InputInspection(context).lookUpAddresses();
    }
    if (changes == null) {
      return;
    }
    Optional<String> superseded = plan(changes, new PlanCounts(), late -> late == workspace);
    Optional<String> objection = objection(changes);
    if (superseded.isPresent()) {
      workspace.stop(new Stop(ExitCode.USAGE, superseded.get()));
    } else if (objection.isPresent()) {
      workspace.stop(new Stop(ExitCode.GUARD, objection.get()));
    } else {
      askOwnGuards(changes, late -> late == workspace);
    }
  }

  /**
   * Plans the open rows of some workspaces.
   *
   * @return why the rows are out of date; empty if they are not
   */
  private Optional<String> plan(
      WorkspaceChanges planned, PlanCounts counts, Predicate<OpenWorkspace> chosen)
      throws IOException {
    FilledRowsCheck filled = new FilledRowsCheck(context);
    Supersession supersession = new Supersession(context.store(), context.prepared().run());
    boolean mayBeStale = mayBeStale() && supersession.isPossible();
    boolean toTheEnd =
        RowPlanner.forEachOpenRow(
            context,
            chosen,
            (row, plannedRow) -> {
              filled.add(row, plannedRow);
              counts.add(row, plannedRow);
              if (plannedRow instanceof PlannedRow.ToSend toSend) {
                planned.add(
                    row.workspace(),
                    row.row().line(),
                    toSend.update().accountId(),
                    toSend.changes());
                if (mayBeStale) {
                  supersession.add(
                      new WorkspaceAccount(row.workspace(), toSend.update().accountId()),
                      toSend.update().valuesByField().keySet());
                }
              }
            });
    if (!toTheEnd) {
      return Optional.empty();
    }
    filled.end();
    return supersession
        .result("rows that are left")
        .map(
            why ->
                "run %d is superseded: %s. Nothing more was sent. To resume the run anyway: %s"
                    .formatted(context.run(), why, context.resumeCommand("--resume-stale")));
  }

  /** What the guards on all rows object to; empty for nothing. */
  private Optional<String> objection(WorkspaceChanges planned) {
    List<Objection> objections =
        // A rollback may restore values that were empty, or that all accounts shared.
        planned.objections(context.options().isRollback());
    return objections.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s. Nothing more was sent. To allow this: %s"
                .formatted(
                    joined(objections, Objection::message, "; "),
                    context.resumeCommand(joined(objections, Objection::option, " "))));
  }

  /** Stops the workspaces whose own guards object. */
  private void askOwnGuards(WorkspaceChanges planned, Predicate<OpenWorkspace> chosen) {
    Map<String, List<Objection>> ofWorkspaces = planned.objectionsByWorkspace();
    for (OpenWorkspace workspace : context.workspaces()) {
      List<Objection> own = ofWorkspaces.getOrDefault(workspace.name(), List.of());
      if (!own.isEmpty() && chosen.test(workspace)) {
        workspace.stop(context.stop(workspace, own));
      }
    }
  }

  /**
   * Asks the user, who holds up nothing: no call is on its way, and deadlines count on.
   *
   * @return false if the run was stopped before there was an answer
   * @throws RunRefusedException if the user does not agree
   */
  private boolean isAgreed(PlanTotals changes) {
    if (!context.listener().wantsToAgree() || changes.calls() == 0) {
      return true;
    }
    BooleanSupplier isOver = context::isStopped;
    context.progress().asking(true);
    boolean agrees = context.listener().agrees(changes, isOver);
    context.progress().asking(false);
    if (isOver.getAsBoolean()) {
      return false;
    }
    if (agrees) {
      return true;
    }
    if (context.journalled().changesUnderWay().isEmpty() && !context.hasSentBefore()) {
      // The run must not be in the way of the next command.
      throw RunRefusedException.forGood("you did not agree: nothing was sent");
    }
    throw new RunRefusedException("you did not agree: nothing more was sent");
  }

  private static String joined(
      List<Objection> objections, Function<Objection, String> part, String delimiter) {
    return objections.stream().map(part).collect(Collectors.joining(delimiter));
  }

  /** Addresses of rows are known only now that the accounts have been read. */
  private boolean mayBeStale() {
    return context.prepared().resumed()
        && !context.settings().resumesStale()
        && context.prepared().input().header().indexOf(Column.ACCOUNT_ID) < 0;
  }

  private boolean isNeeded() {
    Guards guards = context.settings().guards();
    return mayBeStale()
        || context.listener().wantsToAgree()
        || guards.maxChanges() != null
        || guards.maxIncrease() != null
        || guards.hasDeadline()
        || context.hasOwnBounds()
        || context.options().fills().haveTemplates()
        || PlannedChanges.JUDGED.stream().anyMatch(this::sets);
  }

  private boolean sets(AccountField field) {
    return context.prepared().input().header().indexOf(new Column.Setting(field)) >= 0
        || context.options().input().filled().contains(field);
  }

  private void checkTime(Map<String, Long> callsByWorkspace) {
    Optional<String> tooLate = tooLate(context, limit, callsByWorkspace);
    if (tooLate.isEmpty()) {
      return;
    }
    if (context.settings().strict()) {
      throw new RunStoppedException(
          ExitCode.STOPPED_EARLY, tooLate.get() + ": with --strict, the run does not start");
    }
    context.listener().warning(tooLate.get() + ": the run will stop before its end");
  }

  /** Says that the calls take longer than a deadline allows; empty if they do not. */
  static Optional<String> tooLate(
      RunContext context, @Nullable Deadline limit, Map<String, Long> callsByWorkspace) {
    if (limit == null) {
      return Optional.empty();
    }
    Instant deadline = limit.end();
    Instant end = context.forecast(callsByWorkspace);
    Duration timeout = context.prepared().timeout();
    return end.isAfter(deadline.minus(timeout))
        ? Optional.of(
            "%s will take until %s, and a call can take %d s, but the last call must end by %s"
                .formatted(
                    Amount.of(
                        callsByWorkspace.values().stream().mapToLong(Long::longValue).sum(),
                        "call"),
                    end.truncatedTo(ChronoUnit.SECONDS),
                    timeout.toSeconds(),
                    deadline.truncatedTo(ChronoUnit.SECONDS)))
        : Optional.empty();
  }
}
