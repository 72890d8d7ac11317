package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.result.FailedFile;
import io.github.smartleadbulk.state.Outcomes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
    boolean any =
        outcomes.countByStatus(context.run()).keySet().stream().anyMatch(RowStatus::needsAttention);
    if (any) {
      write(path, new JournalledOutcomes(outcomes, context.run(), 0));
    }
    return RepeatStatus.FINISHED;
  }

  private void write(Path path, JournalledOutcomes outcomes) throws IOException {
    InputFile input = context.prepared().input();
    try (InputRows rows = input.rows(Duplicates.none());
        FailedFile failed =
            new FailedFile(
                path,
                input.header().names(),
                input.charset(),
                input.hasByteOrderMark(),
                input.delimiter())) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        Optional<RowOutcome> outcome = outcomes.find(row.row().number());
        if (outcome.isPresent() && outcome.get().status().needsAttention()) {
          failed.append(row.row(), outcome.get());
        }
      }
    }
  }
}
