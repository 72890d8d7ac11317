package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.InputArguments;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.run.RunTerms;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = RunSpec.PLAN,
    description = {
      "Shows the old and new value of each change that 'update FILE' would make. Sends nothing.",
      "",
      "Example:",
      "  ./run.sh plan accounts.csv"
    })
final class PlanCommand extends RunCommand {

  @Mixin InputArguments input = new InputArguments();
  @Mixin ExcelOptions excel = new ExcelOptions();

  @Under(Heading.ACCOUNTS)
  @Option(
      names = "--force",
      description = "Plan to send values even if the account already has them.")
  boolean force;

  @OneRun
  @Under(Heading.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write the changes to as CSV (default: plan.csv in the run folder).")
  @Nullable Path out;

  @Under(Heading.GUARDS)
  @Option(
      names = "--strict",
      description = "Make no plan if a row is invalid or the input causes a warning.")
  boolean strict;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print the plan as one JSON object.")
  boolean json;

  @OneRun
  @Under(Heading.OUTPUT)
  @Option(names = "--detailed-exitcode", description = "Exit 2 if the plan has changes.")
  boolean detailedExitCode;

  PlanCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  boolean printsJson() {
    return json;
  }

  @Override
  List<Path> otherFiles() {
    return Stream.concat(
            inputFile(), Stream.ofNullable(out).map(file -> environment.resolve(file.toString())))
        .toList();
  }

  @Override
  ExitCode execute() throws Exception {
    Target.Opener opener = Target.check(workspaces(api));
    try (StateStore store = open(state);
        Target target = opener.open(store)) {
      PreparedRun run =
          new RunPreparation(
                  store, environment.clock(), RunTerms.unguarded(profile(), invocation()))
              .prepare(
                  input.request(
                      environment,
                      input.options(environment, api.workspaceNames(), force, excel.enabled),
                      place(target, out),
                      OnUnfinished.RESUME));
      RunSession session =
          new RunSession(
              this,
              strict,
              Guards.usual(),
              false,
              new Confirmation(environment, RunSession.against(run), false),
              target,
              store);
      RunResult result = run(session, run, json, store);
      return detailedExitCode && result.plan() != null && result.plan().calls() > 0
          ? ExitCode.PLAN_HAS_CHANGES
          : result.exitCode();
    }
  }
}
