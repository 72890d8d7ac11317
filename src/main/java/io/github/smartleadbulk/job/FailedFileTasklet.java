package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.state.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Writes {@code failed.csv}, where there are rows for it. */
final class FailedFileTasklet implements Tasklet {

  private final RunContext context;

  FailedFileTasklet(RunContext context) {
    this.context = context;
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws IOException {
    Path path = context.prepared().files().failed();
    Files.deleteIfExists(path);
    Outcomes outcomes = context.store().outcomes();
    if (!outcomes.page(context.run(), 0, 1, RowStatus.NEEDING_ATTENTION).isEmpty()) {
      new SelectedRows(context.prepared().input(), outcomes, context.run())
          .writeTo(path, outcome -> true);
    }
    return RepeatStatus.FINISHED;
  }
}
