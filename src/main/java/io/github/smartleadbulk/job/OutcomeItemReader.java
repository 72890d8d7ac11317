package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the feeder's outcomes in the order of the input. Only the step's thread uses it.
 *
 * <p>The reader has no position of its own. A restart begins after the lines that the writer finds
 * in {@code results.csv}, and takes the known outcomes of later rows from the journal.
 */
final class OutcomeItemReader implements ItemStreamReader<RowOutcome>, StepExecutionListener {

  private final RunContext context;
  private final ResultsItemWriter results;
  private @Nullable StepExecution step;
  private @Nullable RowFeeder feeder;

  OutcomeItemReader(RunContext context, ResultsItemWriter results) {
    this.context = context;
    this.results = results;
  }

  @Override
  public void beforeStep(StepExecution stepExecution) {
    step = stepExecution;
  }

  @Override
  public @Nullable RowOutcome read() throws Exception {
    if (feeder == null) {
      // The writer is open by now, whichever of the two Spring Batch opens first.
      feeder = RowFeeder.start(context, results.rowsWritten());
    }
    FeederItem next = feeder.take();
    if (next instanceof FeederItem.Started started) {
      Optional<RowOutcome> outcome = await(started);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      drain(feeder);
      return stopEarly();
    }
    if (next instanceof FeederItem.Joined joined) {
      RowOutcome leader =
          context.store().outcomes().page(context.run(), joined.leader().leaderRow() - 1, 1).get(0);
      RowOutcome outcome =
          context.journal().record(RowOutcomes.joined(joined.row(), leader), null).get();
      context.progress().ended(outcome.status());
      return outcome;
    }
    if (next instanceof FeederItem.Broken broken) {
      throw failure(broken);
    }
    return ((FeederItem.End) next).inputEnded() ? null : stopEarly();
  }

  /** Waits for the rows after the first open row, so that all calls in flight are recorded. */
  private void drain(RowFeeder feeder) throws Exception {
    for (FeederItem next = feeder.take(); !(next instanceof FeederItem.End); next = feeder.take()) {
      if (next instanceof FeederItem.Started started) {
        await(started);
      } else if (next instanceof FeederItem.Broken broken) {
        throw failure(broken);
      }
    }
  }

  private static Exception failure(FeederItem.Broken broken) {
    if (broken.cause() instanceof Error error) {
      throw error;
    }
    return (Exception) broken.cause();
  }

  private @Nullable RowOutcome stopEarly() {
    // Otherwise the step would end as completed, although rows are missing.
    Objects.requireNonNull(step).setTerminateOnly();
    return null;
  }

  private static Optional<RowOutcome> await(FeederItem.Started started) throws Exception {
    try {
      return started.outcome().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    if (feeder != null) {
      feeder.close();
    }
  }
}
