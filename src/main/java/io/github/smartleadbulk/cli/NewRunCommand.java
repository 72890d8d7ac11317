package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.history.RunDetails.NextStep;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.state.RunRecord;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that begins a run, or only shows what that run would change. */
abstract class NewRunCommand extends ApplyCommand {

  private static final String DRY_RUN = "--dry-run";

  @OneRun
  @Option(
      names = DRY_RUN,
      description =
          "Show the old and new value of each change, as 'plan' does, and which guard would stop the run. Send nothing.")
  boolean dryRun;

  NewRunCommand(ProcessEnvironment environment) {
    super(environment);
  }

  /**
   * The workspace whose rows of an earlier run are taken up again; null for those of all. A
   * variable or the config file only say which key is the usual one.
   */
  final @Nullable String chosenWorkspace() {
    return api.isGiven("--workspace") ? api.workspaceNames().usual() : null;
  }

  @Override
  final boolean isDryRun() {
    return dryRun;
  }

  @Override
  final Optional<NextStep> afterPlan(RunRecord plan) {
    return super.afterPlan(plan)
        .or(() -> Optional.of(new NextStep("To make these changes", withoutDryRun())));
  }

  /**
   * This command line as a shell reads it, without the option that keeps it from changing things.
   */
  private String withoutDryRun() {
    return spec.root().commandLine().getParseResult().originalArgs().stream()
        .filter(argument -> !argument.equals(DRY_RUN) && !argument.startsWith(DRY_RUN + "="))
        .map(Invocation::quoted)
        .collect(Collectors.joining(" ", environment.program() + " ", ""));
  }
}
