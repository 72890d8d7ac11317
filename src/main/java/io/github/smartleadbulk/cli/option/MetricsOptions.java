package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.WorkspaceShare;
import io.github.smartleadbulk.metrics.MetricsFile;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Metrics for Prometheus. Whatever fails here does not change the exit code. */
@Under(Heading.UNATTENDED)
public final class MetricsOptions {

  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      description =
          "Write the metrics of all runs to this file, for Prometheus. A failed write does not change the exit code.")
  @Nullable Path file;

  private @Nullable String content;
  private @Nullable String failure;

  /** The file, as the user named it; empty if no metrics are wanted. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Takes the metrics from the history, while it is open. */
  public void read(StateStore store) {
    if (file != null) {
      try {
        read(RecordedRuns.of(store), run -> WorkspaceShare.of(store, run));
      } catch (RuntimeException e) {
        // The database may have failed. The run has said so.
        failure = FaultMessages.of(e);
      }
    }
  }

  /**
   * Takes the metrics from a history that was read before.
   *
   * @param workspaces the workspaces of a run, see {@link WorkspaceShare#of}
   */
  public void read(RecordedRuns runs, Function<RunRecord, List<WorkspaceShare>> workspaces) {
    if (file != null) {
      content = MetricsFile.content(runs, workspaces);
    }
  }

  /**
   * Writes the file, if there is one to write.
   *
   * @return what went wrong; empty if nothing did
   */
  public Optional<String> write(ProcessEnvironment environment) {
    if (file == null || (content == null && failure == null)) {
      return Optional.empty();
    }
    Path path = environment.resolve(file.toString());
    if (content != null) {
      try {
        new MetricsFile(path).write(content);
      } catch (FileSystemException e) {
        failure = e.getReason() == null ? FaultMessages.of(e) : e.getReason();
      } catch (IOException e) {
        failure = FaultMessages.of(e);
      }
    }
    return Optional.ofNullable(failure)
        .map(why -> "the metrics file " + path + " was not written: " + why);
  }
}
