package io.github.smartleadbulk.job;

import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Puts the database in its place before a step, where what was read so far takes long to read
 * again: that is not in the journal.
 */
record CheckpointListener(RunContext context) implements StepExecutionListener {

  /** Rows and accounts that are read again within half a second. */
  private static final long MUCH = 50_000;

  @Override
  public void beforeStep(StepExecution stepExecution) {
    if (context.rows() + context.progress().accountsRead() > MUCH) {
      context.store().checkpoint();
    }
  }
}
