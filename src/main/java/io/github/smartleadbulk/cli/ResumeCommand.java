package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  /** For workers: nobody has looked whether their keys are meant. */
  @OneRun
  @Option(names = "--same-key", hidden = true)
  boolean sameKey;

  /** For workers: a deadline does not begin again because the run waited or its worker died. */
  @OneRun
  @Option(names = "--since", hidden = true)
  @Nullable Instant since;

  ResumeCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  @Nullable Instant since() {
    return since;
  }

  @Override
  ExitCode execute() throws Exception {
    try (StateStore store = open(state)) {
      RunPreparation preparation = new RunPreparation(store, environment.clock(), terms(true));
      RunRecord record =
          run == null ? preparation.findToResume(messages()::alert) : preparation.find(run);
      RunPreparation.checkProfile(record, profile());
      try (Target target = Target.openFor(Optional.of(record), workspaces(api), store)) {
        if (sameKey) {
          checkKeys(
              record,
              target,
              "the API key of the workspace %s is not the one with which run %d was left to the workers. Nothing was sent. Check the keys of this worker; if the key is new, leave the run to the workers again with 'resume %d --detach'");
        } else if (run == null && store.isShared()) {
          // Others use the same history, and the newest run can be one of theirs.
          checkKeys(
              record,
              target,
              "the API key of the workspace %s is not the one of run %d, the newest unfinished run. Nothing was sent. To resume another run, give its number; to resume this one with the key that is set: resume %d");
        }
        return apply(preparation.resume(record, place(target, reporting.results)), target, store);
      }
    }
  }

  private static void checkKeys(RunRecord record, Target target, String refusal) {
    for (RunSpec.Workspace then : record.spec().workspaces()) {
      if (!target.open(then.name()).recorded().keyHash().equals(then.keyHash())) {
        throw new RunRefusedException(refusal.formatted(then.name(), record.id(), record.id()));
      }
    }
  }
}
