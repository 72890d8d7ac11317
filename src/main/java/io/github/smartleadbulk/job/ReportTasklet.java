package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.run.SelectedRows;
import io.github.smartleadbulk.run.ValuesBefore;
import io.github.smartleadbulk.state.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Writes {@code failed.csv} and {@code before.csv} if there are rows for them. */
record ReportTasklet(RunContext context) implements Tasklet {

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws IOException {
    Outcomes outcomes = context.store().outcomes();
    ByteOrderMark mark = ByteOrderMark.of(context.options().excel());
    Path failed = context.prepared().files().failed();
    Files.deleteIfExists(failed);
    if (!outcomes.page(context.run(), 0, 1, RowStatus.NEEDING_ATTENTION).isEmpty()) {
      new SelectedRows(context.prepared().input(), outcomes, context.run())
          .writeTo(failed, outcome -> true, mark);
    }
    Path before = context.prepared().files().before();
    Files.deleteIfExists(before);
    Set<AccountField> changed = outcomes.changedFields(context.run());
    if (!changed.isEmpty()) {
      new ValuesBefore(outcomes, context.run())
          .writeTo(before, changed, account -> true, context.prepared().workspaceColumn(), mark);
    }
    // Every file must be on the disk before the run is recorded as finished.
    PrivateFiles.force(context.prepared().files().results());
    PrivateFiles.forceFolder(context.prepared().files().folder());
    return RepeatStatus.FINISHED;
  }
}
