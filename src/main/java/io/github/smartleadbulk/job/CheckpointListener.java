package io.github.smartleadbulk.job;

import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Saves the database before a step if the data read so far would take long to read again, because
 * the journal does not contain it.
 */
record CheckpointListener(RunContext context) implements StepExecutionListener {

  /** How many rows and accounts can be read again in half a second. */
  private static final long MUCH = 50_000;

  @Override
  public void beforeStep(StepExecution stepExecution) {
    if (context.rows() + context.progress().accountsRead() > MUCH) {
      context.store().checkpoint();
    }
  }
}
