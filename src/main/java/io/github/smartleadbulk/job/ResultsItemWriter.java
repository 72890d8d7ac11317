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
 * Writes the lines of {@code results.csv}. Only the step's thread uses it.
 *
 * <p>With every chunk, the journal records how far the file was written. A restart cuts off
 * everything after that. The execution context cannot record this, because a kill discards its
 * database.
 */
final class ResultsItemWriter implements ItemStreamWriter<RowOutcome> {

  private final RunContext context;
  private @Nullable ResultsFile file;

  ResultsItemWriter(RunContext context) {
    this.context = context;
  }

  @Override
  public void open(ExecutionContext saved) {
    context.progress().inspected(context.rows(), context.rowsByWorkspace());
    try {
      file =
          ResultsFile.open(
              context.prepared().files().results(),
              context.journalled().written(),
              context.prepared().workspaceColumn());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The number of rows at the start of the input that have lines. */
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
