package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.InputArguments;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UnfinishedOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FollowUps;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRequest.OnUnfinished;
import io.github.smartleadbulk.state.StateStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "update",
    description = {
      "Applies the settings in FILE to the accounts.",
      "Resumes an unfinished run of the same file.",
      "",
      "Examples:",
      "  ./run.sh update accounts.csv --sandbox",
      "  ./run.sh update accounts.csv --max-changes 10%%"
    })
final class UpdateCommand extends NewRunCommand {

  @Mixin InputArguments input = new InputArguments();
  @Mixin UnfinishedOptions unfinished = new UnfinishedOptions();
  @Mixin ExcelOptions excel = new ExcelOptions();

  @Under(Heading.ACCOUNTS)
  @Option(names = "--force", description = "Send values even if the account already has them.")
  boolean force;

  @OneRun
  @Option(
      names = "--plan",
      paramLabel = "RUN",
      description =
          "Apply exactly this plan instead of FILE. An account that has changed since the plan was made is left alone.")
  @Nullable Integer plan;

  UpdateCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    OnUnfinished onUnfinished = unfinished.onUnfinished();
    if (plan != null) {
      return applyPlan(plan, onUnfinished);
    }
    // A missing file is reported before a key is needed.
    input.path(environment);
    RunOptions options = input.options(environment, api.workspaceNames(), force, excel.enabled);
    Target.Opener opener = Target.check(workspaces(api));
    try (StateStore store = open(state);
        Target target = opener.open(store)) {
      RunPlace place = place(target, reporting.results);
      return apply(
          new RunPreparation(store, environment.clock(), terms())
              .prepare(input.request(environment, options, place, onUnfinished)),
          target,
          store);
    }
  }

  private ExitCode applyPlan(int number, OnUnfinished onUnfinished) throws Exception {
    if (input.file != null || force || !input.set.isEmpty()) {
      throw new UsageException(
          "--plan cannot be combined with %s: the plan has its own input"
              .formatted(force ? "--force" : input.set.isEmpty() ? "FILE" : "--set"));
    }
    try (StateStore store = open(state);
        Target target = Target.openFor(earlier(store, number), workspaces(api), store)) {
      RunPlace place = place(target, reporting.results);
      return apply(
          new FollowUps(store, environment.clock(), terms()).apply(number, place, onUnfinished),
          target,
          store);
    }
  }
}
