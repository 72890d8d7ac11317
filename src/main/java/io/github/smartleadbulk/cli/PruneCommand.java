package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.cli.option.ConfirmationOptions;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.job.RunHistory;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

  /** How many runs the question names. */
  private static final int NAMED = 20;

  @Mixin ConfirmationOptions confirmation = new ConfirmationOptions();
  @Mixin StateLockOptions state = new StateLockOptions();

  PruneCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    Instant before = environment.clock().instant().minus(olderThan);
    try (StateStore store = open(state)) {
      RunHistory history = new RunHistory(store);
      List<Integer> deleted = history.endedBefore(before);
      if (!deleted.isEmpty() && confirmation.isWanted(environment)) {
        if (!environment.agrees(question(store, deleted))) {
          messages().note("You did not agree: nothing was deleted.");
          return ExitCode.USAGE;
        }
      }
      history.delete(deleted);
      if (!quiet) {
        environment
            .out()
            .println(
                deleted.isEmpty()
                    ? "There are no runs that old."
                    : "Deleted " + Amount.of(deleted.size(), "run") + ": " + Amount.list(deleted));
      }
      return ExitCode.OK;
    }
  }

  private static String question(StateStore store, List<Integer> runs) {
    return String.format(
        Locale.ROOT,
        "This deletes %s (%s) of %,d in %s and frees %,.1f MB.%n%s",
        Amount.of(runs.size(), "run"),
        Amount.list(runs.subList(0, Math.min(NAMED, runs.size())))
            + (runs.size() > NAMED ? ", …" : ""),
        store.runs().all().size(),
        store.name(),
        runs.stream().mapToLong(store::size).sum() / 1e6,
        Confirmation.GO_ON);
  }
}
