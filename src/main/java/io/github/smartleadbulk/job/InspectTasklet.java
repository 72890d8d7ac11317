package io.github.smartleadbulk.job;

import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.Inspection;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.state.DuplicateRows.DuplicateRow;
import java.io.IOException;
import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Reads the whole input once, before anything is sent. */
final class InspectTasklet implements Tasklet {

  /** Invalid rows that are told at once; all of them stand in failed.csv. */
  private static final int TOLD = 20;

  private final RunContext context;

  InspectTasklet(RunContext context) {
    this.context = context;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws IOException {
    Inspection inspection = context.prepared().input().inspect(row -> {});
    keep(inspection);
    if (inspection.invalid() > 0) {
      tellInvalidRows(inspection.duplicates());
    }
    context.listener().inspected(inspection.rows(), inspection.invalid());
    if (context.settings().strict() && inspection.invalid() > 0) {
      throw new RunRefusedException(
          "%d of %d rows are invalid and --strict is set: nothing was sent"
              .formatted(inspection.invalid(), inspection.rows()));
    }
    return RepeatStatus.FINISHED;
  }

  private void keep(Inspection inspection) {
    List<DuplicateRow> duplicates =
        inspection.duplicates().entries().stream()
            .map(entry -> new DuplicateRow(entry.row(), entry.line(), entry.key()))
            .toList();
    context.store().duplicateRows().replace(context.run(), duplicates);
    context.store().runs().setRows(context.run(), inspection.rows());
  }

  private void tellInvalidRows(Duplicates duplicates) throws IOException {
    try (InputRows rows = context.prepared().input().rows(duplicates)) {
      int told = 0;
      for (InputRow row = rows.read(); row != null && told < TOLD; row = rows.read()) {
        if (row.verdict() instanceof RowVerdict.Invalid) {
          context.listener().invalidRow(row);
          told++;
        }
      }
    }
  }
}
