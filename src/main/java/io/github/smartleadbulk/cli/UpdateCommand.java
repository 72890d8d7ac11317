package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.PreparedRun;
import io.github.smartleadbulk.job.RunPreparation;
import io.github.smartleadbulk.job.RunRequest;
import io.github.smartleadbulk.job.RunRequest.OnUnfinished;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "update",
    description = "Applies the settings in FILE to the accounts. Goes on with an unfinished run.")
final class UpdateCommand extends Subcommand {

  @Mixin InputChoice input = new InputChoice();
  @Mixin ApiChoice api = new ApiChoice();
  @Mixin StateChoice state = new StateChoice();
  @Mixin RunChoice choice = new RunChoice();

  @Option(
      names = "--fresh",
      description = "Abandon an unfinished run of the same file and begin again.")
  boolean fresh;

  UpdateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    Path path = input.path(surroundings);
    try (Target target = Target.open(api, surroundings);
        StateStore store = state.open(surroundings)) {
      PreparedRun run =
          new RunPreparation(store, surroundings.clock()).prepare(request(path, target));
      return new RunSession(this, choice, target, store).carryOut(run);
    }
  }

  private RunRequest request(@Nullable Path path, Target target) {
    return new RunRequest(
        "update",
        input.name(),
        path,
        () -> path == null ? surroundings.in() : Files.newInputStream(path),
        input.options(),
        target.name(),
        target.client().key().hash(),
        fresh ? OnUnfinished.BEGIN_ANEW : OnUnfinished.RESUME,
        choice.results(surroundings),
        null);
  }
}
