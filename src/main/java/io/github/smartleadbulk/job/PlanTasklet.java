package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.guard.Objection;
import io.github.smartleadbulk.guard.WorkspaceChanges;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.PlanFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reports what an update with this input would change. Sends nothing.
 *
 * @param addressesFound whether rows may find their accounts by address in lists that were read
 * @param limit the deadline of the run that a dry run stands for; null for none
 */
record PlanTasklet(RunContext context, AtomicBoolean addressesFound, @Nullable Deadline limit)
    implements Tasklet {

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws IOException {
    if (addressesFound.get()) {
      new InputInspection(context).lookUpAddresses();
    }
    // This comes first because a refused plan must not report any changes.
    FilledRowsCheck check = new FilledRowsCheck(context);
    PlanCounts counts = new PlanCounts();
    WorkspaceChanges changes = context.countChanges();
    boolean toTheEnd =
        !context.options().fills().haveTemplates()
            || RowPlanner.forEachOpenRow(context, check::add);
    if (toTheEnd) {
      check.end();
      try (PlanFile file =
          new PlanFile(
              context.prepared().files().results(),
              context.prepared().workspaceColumn(),
              ByteOrderMark.of(context.options().excel()))) {
        toTheEnd =
            RowPlanner.forEachOpenRow(
                context,
                (row, planned) -> {
                  counts.add(row, planned);
                  if (planned instanceof PlannedRow.ToSend toSend) {
                    changes.add(
                        row.workspace(),
                        row.row().line(),
                        toSend.update().accountId(),
                        toSend.changes());
                  }
                  tell(planned, file);
                });
      }
    }
    if (!toTheEnd) {
      contribution.getStepExecution().setTerminateOnly();
      return RepeatStatus.CONTINUABLE;
    }
    if (context.prepared().run().spec().planOf().isPresent()) {
      askGuards(changes, counts);
    }
    context.progress().planned(counts.totals(context));
    return RepeatStatus.FINISHED;
  }

  /** Tells what would stop the run that a dry run stands for. */
  private void askGuards(WorkspaceChanges changes, PlanCounts counts) {
    changes
        .objections(context.options().isRollback())
        .forEach(
            objection ->
                context
                    .listener()
                    .wouldStop(
                        "%s. Without --dry-run, nothing would be sent (exit 4). To allow this, add %s"
                            .formatted(objection.message(), objection.option())));
    Map<String, List<Objection>> ofWorkspaces = changes.objectionsByWorkspace();
    for (OpenWorkspace workspace : context.workspaces()) {
      for (Objection objection : ofWorkspaces.getOrDefault(workspace.name(), List.of())) {
        context
            .listener()
            .wouldStop(
                "%s. Without --dry-run, nothing of this workspace would be sent (exit 4). To allow this, write %s in the config file"
                    .formatted(
                        RunContext.message(workspace, objection),
                        RunContext.line(workspace, objection)));
      }
    }
    CheckTasklet.tooLate(context, limit, counts.callsByWorkspace())
        .ifPresent(
            tooLate ->
                context
                    .listener()
                    .wouldStop(
                        tooLate
                            + (context.settings().strict()
                                ? ". Without --dry-run, nothing would be sent (exit 5)"
                                : ". Without --dry-run, the run would stop before its end (exit 5)")));
  }

  private void tell(PlannedRow planned, PlanFile file) throws IOException {
    if (planned instanceof PlannedRow.ToSend toSend) {
      append(file, toSend);
      context
          .listener()
          .planned(toSend.row(), toSend.update().accountId(), toSend.fromEmail(), toSend.changes());
    } else if (planned instanceof PlannedRow.Ended ended
        && ended.outcome().status() == RowStatus.FAILED) {
      context.listener().wouldFail(ended.outcome());
    } else if (planned instanceof PlannedRow.Ended ended
        && ended.outcome().status() == RowStatus.KEPT) {
      context.listener().wouldKeep(ended.outcome());
    }
  }

  private static void append(PlanFile file, PlannedRow.ToSend planned) throws IOException {
    for (AccountField field : planned.update().valuesByField().keySet()) {
      file.append(
          planned.row().row().number(),
          planned.row().row().line(),
          new WorkspaceAccount(planned.row().workspace(), planned.update().accountId()),
          planned.fromEmail(),
          field,
          planned.changes().before().get(field),
          planned.update().valuesByField().get(field));
    }
  }
}
