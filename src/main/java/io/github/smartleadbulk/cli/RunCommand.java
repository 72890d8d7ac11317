package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.RunPlace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that works on a run. */
abstract class RunCommand extends Subcommand {

  @Mixin ApiChoice api = new ApiChoice();
  @Mixin StateChoice state = new StateChoice();
  @Mixin SnapshotChoice snapshot = new SnapshotChoice();

  private @Nullable Messages messages;

  RunCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  final Messages messages() {
    if (messages == null) {
      messages = messages(quiet);
    }
    return messages;
  }

  @Override
  void ended(ExitCode code, @Nullable String failure) {
    messages().ended(code == ExitCode.OK);
  }

  final RunPlace place(Target target, @Nullable Path results) {
    return target.place(results == null ? null : surroundings.resolve(results.toString()));
  }
}
