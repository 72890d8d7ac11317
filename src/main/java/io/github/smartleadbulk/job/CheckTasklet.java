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
 *
 * @param addressesFound whether rows may find their accounts by address in lists that were read
 * @param limit the deadline of the run; null for none
 */
record CheckTasklet(RunContext context, AtomicBoolean addressesFound, @Nullable Deadline limit)
    implements Tasklet {

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
    FilledRowsCheck filled = new FilledRowsCheck(context);
    WorkspaceChanges changes = context.countChanges();
    Supersession supersession = new Supersession(context.store(), context.prepared().run());
    PlanCounts counts = new PlanCounts();
    boolean mayBeStale = mayBeStale() && supersession.isPossible();
    boolean toTheEnd =
        RowPlanner.forEachOpenRow(
            context,
            (row, planned) -> {
              filled.add(row, planned);
              counts.add(row, planned);
              if (planned instanceof PlannedRow.ToSend toSend) {
                changes.add(
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
      contribution.getStepExecution().setTerminateOnly();
      return RepeatStatus.CONTINUABLE;
    }
    filled.end();
    context.progress().needed(counts.callsByWorkspace());
    Optional<String> superseded = supersession.result("rows that are left");
    if (superseded.isPresent()) {
      throw new RunRefusedException(
          "run %d is superseded: %s. Nothing more was sent. To resume the run anyway: %s"
              .formatted(context.run(), superseded.get(), context.resumeCommand("--resume-stale")));
    }
    List<Objection> objections =
        // A rollback may restore values that were empty, or that all accounts shared.
        changes.objections(context.options().isRollback());
    if (!objections.isEmpty()) {
      throw new RunStoppedException(
          ExitCode.GUARD,
          "%s. Nothing more was sent. To allow this: %s"
              .formatted(
                  joined(objections, Objection::message, "; "),
                  context.resumeCommand(joined(objections, Objection::option, " "))));
    }
    Map<String, List<Objection>> ofWorkspaces = changes.objectionsByWorkspace();
    for (OpenWorkspace workspace : context.workspaces()) {
      List<Objection> own = ofWorkspaces.getOrDefault(workspace.name(), List.of());
      if (!own.isEmpty()) {
        workspace.stop(context.stop(workspace, own));
      }
    }
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
    if (context.journalled().changesUnderWay().isEmpty()
        && !context.hasSentBefore()) {
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
