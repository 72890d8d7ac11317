package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.target.NoKeyException;
import io.github.smartleadbulk.cli.target.NotOfThisWorkerException;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.job.UpdateRun;
import io.github.smartleadbulk.postgres.PartTable;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunEnding;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.StateException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  static final String PART = "--part";

  /**
   * For workers: sends a part of the run, for the process that has it: its session and a number.
   */
  @OneRun
  @Option(names = PART, hidden = true)
  @Nullable String part;

  ResumeCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  void begin() throws IOException {
    if (part != null) {
      // The process that has the run tells how it ends.
      reporting.notify = null;
    }
    super.begin();
  }

  @Override
  ExitCode execute() throws Exception {
    try (StateStore store = open(state)) {
      RunPreparation preparation = new RunPreparation(store, environment.clock(), terms(true));
      RunRecord record =
          run == null ? preparation.findToResume(messages()::alert) : preparation.find(run);
      try {
        return resume(record, preparation, store);
      } catch (Exception e) {
        if (sameKey && part == null) {
          keepReason(record.id(), e, store);
        }
        throw e;
      }
    }
  }

  private ExitCode resume(RunRecord record, RunPreparation preparation, StateStore store)
      throws Exception {
    RunPreparation.checkProfile(record, profile());
    try (Target target = open(record, store)) {
      if (run == null && store.isShared()) {
        // Others use the same history, and the newest run can be one of theirs.
        checkKeys(
            record,
            target,
            "the API key of the workspace %s is not the one of run %d, the newest unfinished run. Nothing was sent. To resume another run, give its number; to resume this one with the key that is set: resume %d");
      }
      if (part != null) {
        return help(part, preparation, record, target, store);
      }
      return apply(preparation.resume(record, place(target, reporting.results)), target, store);
    }
  }

  /** Sends a part of the run for the process that has it, unless that needs no help any more. */
  private ExitCode help(
      String of, RunPreparation preparation, RunRecord record, Target target, StateStore store)
      throws Exception {
    int owner = Integer.parseInt(of.substring(0, of.indexOf('.')));
    int number = Integer.parseInt(of.substring(of.indexOf('.') + 1));
    PartTable parts = store.parts(record.id());
    Optional<List<Integer>> places = parts.take(owner, number);
    if (places.isEmpty()) {
      return ExitCode.OK;
    }
    try {
      PreparedRun prepared = preparation.join(record, place(target, null));
      reporting.guards.adopt(prepared.guards());
      UpdateRun run =
          new UpdateRun(
              store,
              prepared,
              new RunSettings(
                  reporting.guards.strict,
                  snapshot.settings(),
                  reporting.guards.guards(environment.clock()),
                  resumeStale,
                  invocation(),
                  null),
              new RunListener() {},
              environment.clock());
      try (Signals signals =
          Signals.handle(prepared.timeout(), signal -> run.stop(Stop.bySignal(signal)))) {
        run.send(Set.copyOf(places.get()), () -> parts.mayGoOn(number));
      }
      return ExitCode.OK;
    } finally {
      parts.giveBack(owner, number, places.get());
    }
  }

  private Target open(RunRecord record, StateStore store) throws IOException {
    if (!sameKey) {
      return Target.openFor(Optional.of(record), workspaces(api), store);
    }
    try {
      Target target = Target.openFor(Optional.of(record), workspaces(api), store);
      try {
        checkKeys(
            record,
            target,
            "the API key of the workspace %s is not the one with which run %d was left to the workers. Nothing was sent. Check the keys of this worker; if the key is new, leave the run to the workers again with 'resume %d --detach'");
      } catch (RuntimeException e) {
        target.close();
        throw e;
      }
      return target;
    } catch (NoKeyException | UsageException | RunRefusedException e) {
      throw new NotOfThisWorkerException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Nobody reads what a worker prints, so the run says why it was refused.
   *
   * @throws StateException if another process works on the run after all, or the database is away
   */
  private void keepReason(int number, Exception refusal, StateStore store) {
    ExitCode code = Failures.code(refusal);
    if (code != ExitCode.USAGE && code != ExitCode.LEFT_TO_OTHERS) {
      return;
    }
    RunRecord record = store.runs().find(number).orElseThrow();
    store.claim(record.spec().workspaces());
    record = store.runs().find(number).orElseThrow();
    if (record.status().isResumable()) {
      String reason =
          environment.processName()
              + (code == ExitCode.USAGE ? " refused it: " : " left it to other workers: ")
              + FaultMessages.of(refusal);
      store
          .runs()
          .end(
              number,
              new RunEnding(RunStatus.STOPPED, code.code(), reason, record.waitedByCause()),
              environment.clock().instant());
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
