package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.RecordedCommand;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.output.RunTable;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.RunEntry;
import io.github.smartleadbulk.result.RecordJson;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "runs",
    description = {
      "Lists all runs, the newest last.",
      "",
      "Examples:",
      "  ./run.sh runs",
      "  ./run.sh runs --command ramp --since 7d",
      "  ./run.sh runs --status stopped"
    })
final class RunsCommand extends Subcommand {

  @OneRun
  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "List only runs that started at most this long ago, such as 7d.")
  @Nullable Duration since;

  @OneRun
  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      description = "List only runs of this command: ${COMPLETION-CANDIDATES}.")
  @Nullable RecordedCommand command;

  @OneRun
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "List only runs with this status: ${COMPLETION-CANDIDATES}.")
  @Nullable ShownStatus status;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print the runs as a JSON array.")
  boolean json;

  @Mixin StateOptions state = new StateOptions();

  /** The statuses that the list shows. */
  enum ShownStatus {
    RUNNING,
    KILLED,
    STOPPED,
    FINISHED,
    REFUSED,
    ABANDONED,
    DAMAGED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  RunsCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() {
    Optional<StateStore> found = state.openToRead(environment);
    if (found.isEmpty()) {
      environment.text().println(json ? "[]" : "There are no runs yet.");
      return ExitCode.OK;
    }
    try (StateStore store = found.get()) {
      RecordedRuns history = RecordedRuns.of(store);
      List<RunRecord> runs = history.runs().stream().filter(run -> isWanted(history, run)).toList();
      if (json) {
        environment
            .text()
            .println(RecordJson.of(runs.stream().map(run -> RunEntry.of(history, run)).toList()));
      } else {
        print(store, history, runs);
      }
      return ExitCode.OK;
    }
  }

  private boolean isWanted(RecordedRuns history, RunRecord run) {
    Instant from = since == null ? Instant.MIN : environment.clock().instant().minus(since);
    return !run.startedAt().isBefore(from)
        && (command == null || command.toString().equals(run.spec().command()))
        && (status == null || status.toString().equals(history.status(run)));
  }

  private void print(StateStore store, RecordedRuns history, List<RunRecord> runs) {
    if (history.runs().isEmpty()) {
      environment.text().println("There are no runs yet.");
    } else if (runs.isEmpty()) {
      environment.text().println("There are no matching runs.");
    } else {
      RunTable.print(environment.text(), history, runs);
    }
    environment
        .text()
        .printf(Locale.ROOT, "%nState folder: %s, %,.1f MB%n", store.folder(), store.size() / 1e6);
  }
}
