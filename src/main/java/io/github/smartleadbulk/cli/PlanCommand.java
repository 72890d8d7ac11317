package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.Guards;
import io.github.smartleadbulk.job.PreparedRun;
import io.github.smartleadbulk.job.RunPreparation;
import io.github.smartleadbulk.job.RunRequest.OnUnfinished;
import io.github.smartleadbulk.job.RunResult;
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

  @Mixin InputChoice input = new InputChoice();
  @Mixin ExcelChoice look = new ExcelChoice();

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

  PlanCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    try (Target target = Target.open(api, surroundings);
        StateStore store = state.open(this)) {
      PreparedRun run =
          new RunPreparation(store, surroundings.clock())
              .prepare(
                  input.request(
                      surroundings,
                      input.options(surroundings, force, look.excel),
                      place(target, out),
                      OnUnfinished.RESUME));
      RunSession session = new RunSession(this, strict, Guards.usual(), target, store);
      RunResult result = session.run(run, RunReport.of(run, this, json, store));
      return detailedExitCode && result.plan() != null && result.plan().calls() > 0
          ? ExitCode.PLAN_HAS_CHANGES
          : result.exitCode();
    }
  }
}
