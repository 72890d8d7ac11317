package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.MetricsOptions;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.RateOptions;
import io.github.smartleadbulk.cli.option.RecordedCommand;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.output.HealthPage;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.KnownKeys;
import io.github.smartleadbulk.cli.target.RequestedWorkspace;
import io.github.smartleadbulk.history.HealthCheck;
import io.github.smartleadbulk.history.HealthCheck.Health;
import io.github.smartleadbulk.history.HealthCheck.Verdict;
import io.github.smartleadbulk.history.HealthReport;
import io.github.smartleadbulk.history.KeyCalls;
import io.github.smartleadbulk.history.KeyUse;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.RunSelection;
import io.github.smartleadbulk.history.WorkspaceShare;
import io.github.smartleadbulk.result.RecordJson;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "Says whether the last run did what it should: exit 0 if all is well, 1 if not.",
      "Makes no call.",
      "",
      "Examples:",
      "  ./run.sh status",
      "  ./run.sh status --command ramp --within 26h"
    })
final class StatusCommand extends Subcommand {

  @OneRun
  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      description = "Look only at runs of this command: ${COMPLETION-CANDIDATES}.")
  @Nullable RecordedCommand command;

  @OneRun
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Look only at runs of this input or ramp plan.")
  @Nullable Path file;

  @OneRun
  @Option(
      names = "--within",
      paramLabel = "DURATION",
      description = "Exit 1 if the last success is longer ago than this, such as 26h.")
  @Nullable Duration within;

  @OneRun
  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      description = "Look only at runs with rows for this workspace, and only at its limits.")
  @Nullable String workspace;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print one JSON object instead of text.")
  boolean json;

  @Mixin MetricsOptions metrics = new MetricsOptions();
  @Mixin RateOptions limits = new RateOptions();
  @Mixin StateOptions state = new StateOptions();

  StatusCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() {
    // Wrong limits are reported before a long history is read.
    var unused = limits.windows();
    Optional<StateStore> found = state.openToRead(environment);
    if (found.isEmpty()) {
      metrics.read(RecordedRuns.none(), run -> List.of());
      return print(check(RecordedRuns.none(), run -> Optional.empty()), List.of());
    }
    try (StateStore store = found.get()) {
      RecordedRuns runs = RecordedRuns.of(store);
      HealthCheck check = check(runs, run -> runs.superseded(store, run));
      metrics.read(runs, run -> WorkspaceShare.of(store, run));
      return print(check, keys(store, runs, check.selection().workspace()));
    }
  }

  private List<KeyUse> keys(StateStore store, RecordedRuns runs, @Nullable String chosen) {
    SettingsDefaults settings = SettingsDefaults.of(spec);
    return KnownKeys.of(runs, settings, environment).stream()
        .filter(key -> chosen == null || chosen.equalsIgnoreCase(key.name()))
        .map(
            key ->
                new KeyUse(
                    key.name(),
                    key.target(),
                    new KeyCalls(store, key)
                        .use(
                            limits.windows(settings.workspaces(), key.name(), this::isGiven),
                            environment.clock())))
        .toList();
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private HealthCheck check(RecordedRuns runs, Function<RunRecord, Optional<String>> superseded) {
    return new HealthCheck(runs, superseded, selection(runs), within, invocation());
  }

  private RunSelection selection(RecordedRuns runs) {
    return new RunSelection(
        command == null ? null : command.toString(),
        file == null ? null : environment.resolve(file.toString()),
        RequestedWorkspace.of(workspace, spec, runs));
  }

  private ExitCode print(HealthCheck check, List<KeyUse> keys) {
    Instant now = environment.clock().instant();
    Health health = check.at(now);
    metrics.write(environment).ifPresent(messages()::warning);
    HealthPage page = new HealthPage(check, health, now);
    boolean isOk = health.verdict() == Verdict.OK;
    if (json) {
      environment
          .text()
          .println(RecordJson.of(HealthReport.of(check, health, page.message(), keys)));
    } else if (!quiet || !isOk) {
      environment.text().print(page.page(keys));
      environment.text().flush();
    }
    return isOk ? ExitCode.OK : ExitCode.ROWS_NEED_ATTENTION;
  }
}
