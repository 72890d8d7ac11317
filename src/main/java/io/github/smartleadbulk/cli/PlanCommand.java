package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.InputArguments;
import io.github.smartleadbulk.cli.option.Target;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = RunSpec.PLAN,
    description = "Says what 'update FILE' would change, old value and new; sends nothing.")
final class PlanCommand extends RunCommand {

  @Mixin InputArguments input = new InputArguments();
  @Mixin ExcelOptions look = new ExcelOptions();

  @Option(names = "--force", description = "Plan to send also values that are already so.")
  boolean force;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the changes go as a CSV (default: plan.csv in the run's folder).")
  @Nullable Path out;

  @Option(
      names = "--strict",
      description = "One invalid row or warning about the input, and there is no plan.")
  boolean strict;

  @Option(names = "--json", description = "The plan as one JSON object on standard output.")
  boolean json;

  @Option(names = "--detailed-exitcode", description = "Exit 2 where there is something to change.")
  boolean detailedExitCode;

  PlanCommand(ProcessEnvironment surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    try (Target target = Target.open(api, surroundings);
        StateStore store = open(state)) {
      PreparedRun run =
          new RunPreparation(store, surroundings.clock())
              .prepare(
                  input.request(
                      surroundings,
                      input.options(surroundings, force, look.excel),
                      place(target, out),
                      OnUnfinished.RESUME));
      RunSession session = new RunSession(this, strict, Guards.usual(), target, store);
      RunResult result = session.run(run, report(run, json, store));
      return detailedExitCode && result.plan() != null && result.plan().calls() > 0
          ? ExitCode.PLAN_HAS_CHANGES
          : result.exitCode();
    }
  }
}
