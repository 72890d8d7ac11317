package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cluster.RunQueue;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "stop",
    description = {
      "Stops a run on whichever machine it is at work.",
      "Calls in flight end and are recorded; the run can be resumed.",
      "Works only with --state-url. Elsewhere, press Ctrl-C or send SIGTERM.",
      "",
      "Example:",
      "  ./run.sh stop 12"
    })
final class StopCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "Number of the run.")
  int run;

  @Mixin StateOptions state = new StateOptions();

  StopCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws InterruptedException {
    state.checkShared("stop");
    try (StateStore store = state.openRuns(environment)) {
      RecordedRuns history = RecordedRuns.of(store);
      RunRecord record = StateOptions.find(history, run);
      RunQueue queue = new RunQueue(store);
      boolean wasWaiting = queue.remove(run);
      boolean isAtWork = store.askToStop(run);
      // A worker has taken the run but has not begun, or it is about to let go of it, or it is
      // dead.
      while (!wasWaiting && !isAtWork && queue.contains(run)) {
        RunQueue.pause();
        wasWaiting = queue.remove(run);
        isAtWork = store.askToStop(run);
      }
      if (!wasWaiting && !isAtWork) {
        throw new UsageException(
            "run %d is %s: nobody works on it".formatted(run, history.status(record)));
      }
      if (!quiet) {
        environment
            .text()
            .printf(
                "%s%nTo resume it: %s%n",
                isAtWork
                    ? "Run %d was asked to stop. It ends when its calls in flight have ended."
                        .formatted(run)
                    : "Run %d does not wait for a worker any more.".formatted(run),
                invocation().of("resume " + run));
        environment.text().flush();
      }
      return ExitCode.OK;
    }
  }
}
