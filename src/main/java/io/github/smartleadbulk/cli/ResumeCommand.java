package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.PreparedRun;
import io.github.smartleadbulk.job.RunPreparation;
import io.github.smartleadbulk.state.StateStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = "Goes on with an unfinished run, from the copy of its input.")
final class ResumeCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Number of the run (default: the newest unfinished one).")
  @Nullable Integer run;

  @Mixin ApiChoice api = new ApiChoice();
  @Mixin StateChoice state = new StateChoice();
  @Mixin RunChoice choice = new RunChoice();

  ResumeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    try (StateStore store = state.open(surroundings);
        Target target =
            Target.openFor(
                run == null ? store.runs().findNewestResumable() : store.runs().find(run),
                api,
                surroundings)) {
      PreparedRun prepared =
          new RunPreparation(store, surroundings.clock())
              .resume(
                  run, target.name(), target.client().key().hash(), choice.results(surroundings));
      return new RunSession(this, choice, target, store).carryOut(prepared);
    }
  }
}
