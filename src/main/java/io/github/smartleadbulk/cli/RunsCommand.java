package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.HtmlOptions;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.RateOptions;
import io.github.smartleadbulk.cli.option.RecordedCommand;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.output.RunTable;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.RequestedWorkspace;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.RunEntry;
import io.github.smartleadbulk.page.HistoryPage;
import io.github.smartleadbulk.result.RecordJson;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.Outcomes.FailingAccount;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
      "  ./run.sh runs --status stopped",
      "  ./run.sh runs --since 90d --html history.html"
    })
final class RunsCommand extends Subcommand {

  /** How many accounts that fail again and again a page shows. */
  private static final int MOST_FAILING = 50;

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
      names = "--workspace",
      paramLabel = "NAME",
      description = "List only runs with rows for this workspace.")
  @Nullable String workspace;

  @OneRun
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "List only runs with this status: ${COMPLETION-CANDIDATES}.")
  @Nullable ShownStatus status;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print the runs as a JSON array.")
  boolean json;

  @Mixin HtmlOptions html = new HtmlOptions();
  @Mixin RateOptions limits = new RateOptions();
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
  ExitCode execute() throws IOException {
    // Wrong limits and a wrong file are reported before a long history is read.
    List<RateWindow> windows = limits.windows();
    html.check(environment, state.path(environment), List::of);
    Optional<StateStore> found = state.openToRead(environment);
    if (found.isEmpty()) {
      writePage(RecordedRuns.none(), List.of(), windows, List.of());
      environment.text().println(json ? "[]" : "There are no runs yet.");
      return ExitCode.OK;
    }
    try (StateStore store = found.get()) {
      RecordedRuns history = RecordedRuns.of(store);
      workspace = RequestedWorkspace.of(workspace, spec, history);
      List<RunRecord> runs = history.runs().stream().filter(run -> isWanted(history, run)).toList();
      if (json) {
        environment
            .text()
            .println(RecordJson.of(runs.stream().map(run -> RunEntry.of(history, run)).toList()));
      } else {
        print(store, history, runs);
      }
      if (html.isWanted()) {
        writePage(
            history,
            runs,
            windows,
            store
                .outcomes()
                .failingAgain(runs.stream().map(RunRecord::id).toList(), workspace, MOST_FAILING));
      }
      return ExitCode.OK;
    }
  }

  private boolean isWanted(RecordedRuns history, RunRecord run) {
    Instant from = since();
    return (from == null || !run.startedAt().isBefore(from))
        && isOfKind(run)
        && (status == null || status.toString().equals(history.status(run)));
  }

  private @Nullable Instant since() {
    return since == null ? null : environment.clock().instant().minus(since);
  }

  private boolean isOfKind(RunRecord run) {
    return (command == null || command.toString().equals(run.spec().command()))
        && (workspace == null || run.spec().isFor(workspace));
  }

  private void writePage(
      RecordedRuns history,
      List<RunRecord> runs,
      List<RateWindow> windows,
      List<FailingAccount> failing)
      throws IOException {
    if (!html.isWanted()) {
      return;
    }
    List<String> options = new ArrayList<>();
    if (command != null) {
      options.add("--command " + command);
    }
    if (workspace != null) {
      options.add("--workspace " + workspace);
    }
    if (status != null) {
      options.add("--status " + status);
    }
    Path page = html.path(environment);
    new HistoryPage(
            history,
            new HistoryPage.Selection(runs, this::isOfKind, since(), options),
            windows,
            failing,
            environment.clock().instant())
        .writeTo(page);
    if (!quiet) {
      messages().note("%s: %s".formatted(page, Amount.of(runs.size(), "run")));
    }
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
        .printf(Locale.ROOT, "%nState: %s, %,.1f MB%n", store.name(), store.size() / 1e6);
  }
}
