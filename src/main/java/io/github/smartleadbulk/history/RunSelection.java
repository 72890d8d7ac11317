package io.github.smartleadbulk.history;

import io.github.smartleadbulk.run.RampDate;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs that somebody asks about. Without a command, plans are not among them, because they
 * change nothing.
 *
 * @param command null for all commands
 * @param file the absolute path of an input or a ramp plan; null for all
 * @param workspace selects runs with rows for it; null for all
 */
public record RunSelection(
    @Nullable String command, @Nullable Path file, @Nullable String workspace) {

  public static final RunSelection ALL = new RunSelection(null, null, null);

  /** The runs that are selected, of those that count. The newest comes last. */
  List<RunRecord> of(RecordedRuns runs) {
    return runs.reliedOn().stream()
        .filter(this::isOfCommand)
        .filter(run -> file == null || isOf(run, file.toString()))
        .filter(run -> workspace == null || run.spec().isFor(workspace))
        .toList();
  }

  private boolean isOfCommand(RunRecord run) {
    return command == null ? !run.spec().isPlan() : command.equals(run.spec().command());
  }

  private static boolean isOf(RunRecord run, String path) {
    RunSpec spec = run.spec();
    if (path.equals(spec.inputPath())) {
      return true;
    }
    RampDate ramp = RunOptions.parse(spec.options()).ramp();
    return ramp != null && path.equals(ramp.plan());
  }

  /** Such as {@code of ramp}; empty for all runs. */
  public String shown() {
    return (command == null ? "" : " of " + command)
        + (file == null ? "" : (command == null ? " of " : " with ") + file.getFileName())
        + (workspace == null ? "" : " for workspace " + workspace);
  }
}
