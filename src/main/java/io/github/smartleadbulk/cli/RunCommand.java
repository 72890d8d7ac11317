package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.PreparedRun;
import io.github.smartleadbulk.job.RunPlace;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that works on a run. */
abstract class RunCommand extends Subcommand {

  @Mixin ApiChoice api = new ApiChoice();
  @Mixin StateLockChoice state = new StateLockChoice();
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

  /** Where the lines are that messages of a run name; empty where the user gave this file. */
  final String fileOfLines(PreparedRun run) {
    boolean isGiven = run.run().spec().inputPath() != null && takesFile();
    return isGiven ? "" : run.inputCopy().toString();
  }

  /** Whether the command line names the run's input. */
  private boolean takesFile() {
    return spec.commandLine().getParseResult().matchedPositionals().stream()
        .anyMatch(positional -> positional.type() == String.class);
  }
}
