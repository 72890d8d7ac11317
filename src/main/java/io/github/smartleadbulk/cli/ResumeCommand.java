package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    description = {
      "Continues an unfinished run from the copy of its input.",
      "",
      "Example:",
      "  ./run.sh resume"
    })
final class ResumeCommand extends ApplyCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Number of the run (default: the newest unfinished run).")
  @Nullable Integer run;

  ResumeCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    try (StateStore store = open(state)) {
      RunPreparation preparation = new RunPreparation(store, environment.clock(), terms(true));
      RunRecord record =
          run == null ? preparation.findToResume(messages()::alert) : preparation.find(run);
      try (Target target = Target.openFor(Optional.of(record), workspaces(api), store)) {
        return apply(preparation.resume(record, place(target, reporting.results)), target, store);
      }
    }
  }
}
