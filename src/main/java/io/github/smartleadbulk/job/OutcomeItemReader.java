package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the outcomes of rows in the order of the input, while the workspaces are at work. Only the
 * step's thread uses it.
 *
 * <p>The reader has no position of its own. A restart begins after the lines that the writer finds
 * in {@code results.csv}.
 */
final class OutcomeItemReader implements ItemStreamReader<RowOutcome>, StepExecutionListener {

  private final RunContext context;
  private final RowSenders senders;
  private final ResultsItemWriter results;
  private @Nullable StepExecution step;
  private boolean begun;
  private long rows;

  OutcomeItemReader(RunContext context, RowSenders senders, ResultsItemWriter results) {
    this.context = context;
    this.senders = senders;
    this.results = results;
  }

  /** The senders start outside of the step's transactions, which last until rows have ended. */
  @Override
  public void beforeStep(StepExecution stepExecution) {
    step = stepExecution;
    senders.start();
  }

  @Override
  public @Nullable RowOutcome read() throws Exception {
    if (!begun) {
      // The writer is open by now, whichever of the two Spring Batch opens first.
      begun = true;
      rows = results.rowsWritten();
      senders.outcomes().skip(rows);
    }
    RowOutcome next = senders.outcomes().take();
    if (next != null) {
      rows++;
    } else if (rows < context.rows()) {
      // Otherwise the step would end as completed, although rows are missing.
      Objects.requireNonNull(step).setTerminateOnly();
      results.leaveRowOpen();
    }
    return next;
  }

  /** If lines cannot be written, nothing more is sent. */
  @Override
  public void close() {
    senders.stop();
  }
}
