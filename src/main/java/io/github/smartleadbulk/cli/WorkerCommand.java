package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.config.ConfigChoice;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cluster.Worker;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "worker",
    description = {
      "Executes the runs that commands with --detach have put into a shared state, and due schedules.",
      "If a worker is killed or cut off, another one takes over its runs.",
      "On SIGTERM, a worker gives its runs back and ends.",
      "",
      "Example:",
      "  ./run.sh worker --state-url jdbc:postgresql://db.example.com/smartlead?user=smartlead"
    })
final class WorkerCommand extends Subcommand {

  private static final int MOST_RUNS = 100;

  private static final Set<String> QUIET = Set.of("-q", "--quiet");

  @OneRun
  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "How many runs to execute at once (default: ${DEFAULT-VALUE}). Each keeps up to 40 connections to the database.")
  int runs;

  @Mixin StateOptions state = new StateOptions();

  WorkerCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    state.checkShared("worker");
    if (runs < 1 || runs > MOST_RUNS) {
      throw new UsageException("--runs: expected 1 to " + MOST_RUNS);
    }
    CompletableFuture<ExitCode> signal = new CompletableFuture<>();
    try (Signals signals = Signals.handle(signal::complete);
        StateStore store = state.openRuns(environment);
        Worker worker = Worker.start(environment.processName(), runs, store, this::execute)) {
      note("waiting for runs. Press Ctrl-C to end");
      ExitCode ended = signal.get();
      note(ended + ": giving back what is left");
      return ended;
    }
  }

  /** Executes a command in this process, where nobody can answer a question. */
  private int execute(List<String> command) {
    boolean isPart = command.stream().anyMatch(argument -> argument.startsWith(ResumeCommand.PART));
    String shown = String.join(" ", command.subList(0, Math.min(isPart ? 3 : 2, command.size())));
    note(shown + ": begun");
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(state.arguments(environment));
    arguments.addAll(config.ofFile(environment));
    if (command.stream().noneMatch(QUIET::contains)) {
      arguments.add("--quiet");
    }
    if (!command.get(0).equals("prune")
        && command.stream().noneMatch(argument -> argument.startsWith(ApplyCommand.WORKERS))) {
      arguments.add(ApplyCommand.WORKERS + "=" + ApplyCommand.AS_MANY_AS_IT_TAKES);
    }
    // A command has the profile that it was given, and not that of the worker.
    int code =
        new Program(environment.unattended(ConfigChoice.PROFILE_VARIABLE))
            .run(arguments.toArray(String[]::new));
    note(shown + ": ended with exit code " + code);
    return code;
  }

  private void note(String text) {
    if (!quiet) {
      messages().note(environment.clock().instant() + " worker: " + text);
    }
  }
}
