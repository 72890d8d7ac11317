package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.result.ResultsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * <p>With every chunk, the journal says how far {@code results.csv} was written; a restart cuts off
 * what came after and takes it from the journal.
 */
final class OutcomeReader
    implements ItemStreamReader<RowOutcome>, ItemWriter<RowOutcome>, StepExecutionListener {

  /** Rows and accounts that are read again within half a second. */
  private static final long MUCH = 50_000;

  private final RunContext context;
  private @Nullable StepExecution step;
  private @Nullable ResultsFile results;
  private @Nullable RowFeeder feeder;

  OutcomeReader(RunContext context) {
    this.context = context;
  }

  @Override
  public void beforeStep(StepExecution stepExecution) {
    step = stepExecution;
    if (context.rows() + context.progress().accountsRead() > MUCH) {
      // What was read so far takes long to read again, and is not in the journal.
      context.store().checkpoint();
    }
  }

  @Override
  public void open(ExecutionContext saved) {
    context.progress().inspected(context.rows());
    WrittenLines written = context.journalled().written();
    try {
      results = ResultsFile.open(context.prepared().files().results(), written);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + context.prepared().files().results(), e);
    }
    feeder = new RowFeeder(context, results.written().rows());
    feeder.start();
  }

  @Override
  public @Nullable RowOutcome read() throws Exception {
    FeederItem next = feeder().take();
    if (next instanceof FeederItem.Started started) {
      Optional<RowOutcome> outcome = await(started);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      drain();
      return stopEarly();
    }
    if (next instanceof FeederItem.Joined joined) {
      RowOutcome leader =
          context.store().outcomes().page(context.run(), joined.leaderRow() - 1, 1).get(0);
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

  /** Waits for the rows behind the first open one, so that all calls in flight are on record. */
  private void drain() throws Exception {
    for (FeederItem next = feeder().take();
        !(next instanceof FeederItem.End);
        next = feeder().take()) {
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
    // Without it the step would end as completed, with rows missing.
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
  public void write(Chunk<? extends RowOutcome> chunk) throws IOException {
    results().append(chunk);
  }

  @Override
  public void update(ExecutionContext saved) {
    context.keepWritten(results().written());
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
