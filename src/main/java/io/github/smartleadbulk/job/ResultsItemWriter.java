package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.result.ResultsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

/**
 * Writes the lines of {@code results.csv}. Used by the step's thread only.
 *
 * <p>With every chunk, the journal says how far the file was written; a restart cuts off what came
 * after. The execution context does not say it: a kill throws away the database that holds it.
 */
final class ResultsItemWriter implements ItemStreamWriter<RowOutcome> {

  private final RunContext context;
  private @Nullable ResultsFile file;

  ResultsItemWriter(RunContext context) {
    this.context = context;
  }

  @Override
  public void open(ExecutionContext saved) {
    context.progress().inspected(context.rows());
    try {
      file = ResultsFile.open(context.prepared().files().results(), context.journalled().written());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The rows at the start of the input that have their lines. */
  long rowsWritten() {
    return file().written().rows();
  }

  @Override
  public void write(Chunk<? extends RowOutcome> chunk) throws IOException {
    file().append(chunk);
  }

  @Override
  public void update(ExecutionContext saved) {
    context.keepWritten(file().written());
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private UncheckedIOException failed(IOException cause) {
    return new UncheckedIOException("cannot write " + context.prepared().files().results(), cause);
  }

  private ResultsFile file() {
    return Objects.requireNonNull(file, "open() comes first");
  }
}
