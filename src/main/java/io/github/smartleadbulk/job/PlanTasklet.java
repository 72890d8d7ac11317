package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.PlanFile;
import io.github.smartleadbulk.run.PlanTotals;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Reports what an update with this input would change. Sends nothing. */
record PlanTasklet(RunContext context) implements Tasklet {

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws IOException {
    // This comes first because a refused plan must not report any changes.
    FilledRowsCheck check = new FilledRowsCheck(context);
    Counts counts = new Counts();
    boolean toTheEnd =
        !context.options().fills().haveTemplates()
            || RowPlanner.forEachOpenRow(context, check::add);
    if (toTheEnd) {
      check.end();
      try (PlanFile file =
          new PlanFile(
              context.prepared().files().results(), ByteOrderMark.of(context.options().excel()))) {
        toTheEnd =
            RowPlanner.forEachOpenRow(
                context,
                (row, planned) -> {
                  counts.add(planned);
                  tell(planned, file);
                });
      }
    }
    if (!toTheEnd) {
      contribution.getStepExecution().setTerminateOnly();
      return RepeatStatus.CONTINUABLE;
    }
    context.progress().planned(counts.totals(context));
    return RepeatStatus.FINISHED;
  }

  private void tell(PlannedRow planned, PlanFile file) throws IOException {
    if (planned instanceof PlannedRow.ToSend toSend) {
      append(file, toSend);
      context.listener().planned(toSend.row(), toSend.update().accountId(), toSend.changes());
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
          planned.update().accountId(),
          planned.row().fromEmail(),
          field,
          planned.changes().before().get(field),
          planned.update().valuesByField().get(field));
    }
  }

  private static final class Counts {

    private final Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
    private final Map<AccountField, Long> changesByField = new EnumMap<>(AccountField.class);
    private long calls;

    void add(PlannedRow planned) {
      if (planned instanceof PlannedRow.Ended ended) {
        rowsByStatus.merge(ended.outcome().status(), 1L, Long::sum);
      } else if (planned instanceof PlannedRow.ToSend toSend) {
        calls++;
        toSend
            .update()
            .valuesByField()
            .keySet()
            .forEach(field -> changesByField.merge(field, 1L, Long::sum));
      }
    }

    PlanTotals totals(RunContext context) {
      return new PlanTotals(
          context.rows(),
          calls,
          rowsByStatus,
          changesByField,
          context.clock().instant(),
          context.client().forecast(calls));
    }
  }
}
