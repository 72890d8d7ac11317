package io.github.smartleadbulk.job;

import java.io.IOException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Reads the whole input once, before any call is made. */
record InspectTasklet(RunContext context) implements Tasklet {

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws IOException {
    new InputInspection(context).inspect();
    return RepeatStatus.FINISHED;
  }
}
