package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.output.Quantity;
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
    description = {
      "Deletes old runs, their rows in the history and their folders.",
      "Unfinished runs stay.",
      "",
      "Example:",
      "  ./run.sh prune --older-than 90d"
    })
final class PruneCommand extends Subcommand {

  @OneRun
  @Option(
      names = "--older-than",
      required = true,
      paramLabel = "DURATION",
      description = "Delete runs that ended at least this long ago, such as 90d.")
  Duration olderThan;

  @Mixin StateLockOptions state = new StateLockOptions();

  PruneCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    Instant before = environment.clock().instant().minus(olderThan);
    try (StateStore store = open(state)) {
      List<Integer> deleted = new RunHistory(store).deleteEndedBefore(before);
      if (!quiet) {
        environment
            .out()
            .println(
                deleted.isEmpty()
                    ? "There are no runs that old."
                    : "Deleted "
                        + Quantity.of(deleted.size(), "run")
                        + ": "
                        + Quantity.list(deleted));
      }
      return ExitCode.OK;
    }
  }
}
