package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.result.ResultsFile;
import io.github.smartleadbulk.state.RowCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * The two ends of the update step: reads the outcomes that the feeder has lined up, in the order of
 * the input, and writes their lines. Used by the step's thread only.
 *
 * <p>With every chunk it commits what has been written of {@code results.csv}; a restart cuts off
 * what came after and takes it from the journal.
 */
final class OutcomeReader
    implements ItemStreamReader<RowOutcome>, ItemWriter<RowOutcome>, StepExecutionListener {

  private final RunContext context;
  private @Nullable StepExecution step;
  private @Nullable ResultsFile results;
  private @Nullable RowFeeder feeder;

  /** Of the rows written, by all processes of the run. */
  private Map<RowStatus, Long> rowsByStatus = Map.of();

  OutcomeReader(RunContext context) {
    this.context = context;
  }

  @Override
  public void beforeStep(StepExecution stepExecution) {
    step = stepExecution;
  }

  @Override
  public void open(ExecutionContext saved) {
    context.progress().inspected(context.rows(), context.prepared().alreadyEnded());
    try {
      results =
          ResultsFile.open(
              context.prepared().files().results(),
              new ResultsFile.Written(
                  saved.getLong(JobNames.RESULTS_ROWS, 0),
                  saved.getLong(JobNames.RESULTS_BYTES, 0),
                  saved.getLong(JobNames.RESULTS_CHECKSUM, 0)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + context.prepared().files().results(), e);
    }
    rowsByStatus = context.store().rowCounts().kept(context.run());
    feeder = new RowFeeder(context, results.written().rows());
    feeder.start();
  }

  @Override
  public @Nullable RowOutcome read() throws Exception {
    RowOnItsWay next = feeder().take();
    if (next instanceof RowOnItsWay.Started started) {
      Optional<RowOutcome> outcome = await(started);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      drain();
      return stopEarly();
    }
    if (next instanceof RowOnItsWay.Joined joined) {
      RowOutcome leader =
          context.store().outcomes().page(context.run(), joined.leaderRow() - 1, 1).get(0);
      RowOutcome outcome = context.journal().record(RowOutcomes.joined(joined.row(), leader)).get();
      context.progress().ended(outcome.status());
      return outcome;
    }
    if (next instanceof RowOnItsWay.Broken broken) {
      throw broken.cause();
    }
    return ((RowOnItsWay.End) next).inputEnded() ? null : stopEarly();
  }

  /** Waits for the rows behind the first open one, so that all calls in flight are on record. */
  private void drain() throws Exception {
    for (RowOnItsWay next = feeder().take();
        !(next instanceof RowOnItsWay.End);
        next = feeder().take()) {
      if (next instanceof RowOnItsWay.Started started) {
        await(started);
      } else if (next instanceof RowOnItsWay.Broken broken) {
        throw broken.cause();
      }
    }
  }

  private @Nullable RowOutcome stopEarly() {
    // Without it the step would end as completed, with rows missing.
    Objects.requireNonNull(step).setTerminateOnly();
    return null;
  }

  private static Optional<RowOutcome> await(RowOnItsWay.Started started) throws Exception {
    try {
      return started.outcome().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void write(Chunk<? extends RowOutcome> chunk) throws IOException {
    results().append(chunk);
    long counted = RowCounts.sum(rowsByStatus);
    for (RowOutcome outcome : chunk) {
      // Lines may be written again, for a file that is not there any more.
      if (outcome.row() == counted + 1) {
        rowsByStatus.merge(outcome.status(), 1L, Long::sum);
        counted++;
      }
    }
    context.store().rowCounts().keep(context.run(), rowsByStatus);
  }

  @Override
  public void update(ExecutionContext saved) {
    ResultsFile.Written written = results().written();
    saved.putLong(JobNames.RESULTS_ROWS, written.rows());
    saved.putLong(JobNames.RESULTS_BYTES, written.bytes());
    saved.putLong(JobNames.RESULTS_CHECKSUM, written.checksum());
    context.keepCalls();
  }

  @Override
  public void close() {
    if (feeder != null) {
      feeder.close();
    }
    if (results != null) {
      try {
        results.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + context.prepared().files().results(), e);
      }
    }
  }

  private RowFeeder feeder() {
    return Objects.requireNonNull(feeder, "open() comes first");
  }

  private ResultsFile results() {
    return Objects.requireNonNull(results, "open() comes first");
  }
}
