package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.InputArguments;
import io.github.smartleadbulk.cli.option.Target;
import io.github.smartleadbulk.cli.option.UnfinishedOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
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
    description = "Applies the settings in FILE to the accounts. Goes on with an unfinished run.")
final class UpdateCommand extends ApplyCommand {

  @Mixin InputArguments input = new InputArguments();
  @Mixin UnfinishedOptions unfinished = new UnfinishedOptions();
  @Mixin ExcelOptions look = new ExcelOptions();

  @Option(names = "--force", description = "Send also values that are already so.")
  boolean force;

  @Option(
      names = "--plan",
      paramLabel = "RUN",
      description =
          "Instead of FILE: exactly what this plan says, and nothing to accounts that have changed"
              + " since.")
  @Nullable Integer plan;

  UpdateCommand(ProcessEnvironment surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    OnUnfinished onUnfinished = unfinished.choice();
    if (plan != null) {
      return applyPlan(plan, onUnfinished);
    }
    // A file that is not there is told before a key is asked for.
    input.path(surroundings);
    RunOptions options = input.options(surroundings, force, look.excel);
    try (Target target = Target.open(api, surroundings);
        StateStore store = open(state)) {
      RunPlace place = place(target, choice.results);
      return apply(
          new RunPreparation(store, surroundings.clock())
              .prepare(input.request(surroundings, options, place, onUnfinished)),
          target,
          store);
    }
  }

  private ExitCode applyPlan(int number, OnUnfinished onUnfinished) throws Exception {
    if (input.file != null || force || !input.set.isEmpty()) {
      throw new UsageException(
          "--plan: the plan has its own file and does not go with "
              + (force ? "--force" : input.set.isEmpty() ? "another one" : "--set"));
    }
    try (StateStore store = open(state);
        Target target = Target.openFor(store.runs().find(number), api, surroundings)) {
      RunPlace place = place(target, choice.results);
      return apply(
          new FollowUps(store, surroundings.clock()).apply(number, place, onUnfinished),
          target,
          store);
    }
  }
}
