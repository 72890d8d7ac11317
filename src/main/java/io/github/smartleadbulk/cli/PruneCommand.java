package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.job.RunHistory;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    description = "Deletes old runs, their rows in the history and their folders; unfinished stay.")
final class PruneCommand extends Subcommand {

  @Option(
      names = "--older-than",
      required = true,
      paramLabel = "DURATION",
      description = "How long ago the runs ended at least, such as 90d.")
  Duration olderThan;

  @Mixin StateLockOptions state = new StateLockOptions();

  PruneCommand(ProcessEnvironment surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    Instant before = surroundings.clock().instant().minus(olderThan);
    try (StateStore store = open(state)) {
      List<Integer> deleted = new RunHistory(store).deleteEndedBefore(before);
      if (!quiet) {
        surroundings
            .out()
            .println(deleted.isEmpty() ? "No run is that old." : "Deleted runs " + deleted + ".");
      }
      return ExitCode.OK;
    }
  }
}
