package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.PreparedRun;
import io.github.smartleadbulk.job.RunResult;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that changes accounts, and tells others how that ended where they want to know. */
abstract class ApplyCommand extends RunCommand {

  @Mixin RunChoice choice = new RunChoice();

  private @Nullable RunSummary summary;

  ApplyCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void begin() {
    choice.guards.start(surroundings.clock());
    choice.guards.tellDeadline(surroundings, messages());
  }

  @Override
  final Duration untilDeadline() {
    return choice.guards.untilDeadline(surroundings.clock()).orElse(NO_DEADLINE);
  }

  final ExitCode apply(PreparedRun run, Target target, StateStore store) throws Exception {
    RunResult result =
        new RunSession(this, choice, target, store)
            .run(run, RunReport.of(run, this, choice.json, store));
    summary = result.summary();
    return result.exitCode();
  }

  /** The state folder is free and the report printed by now: nobody waits for a webhook. */
  @Override
  final void ended(ExitCode code, @Nullable String failure) {
    super.ended(code, failure);
    // Where there was neither a run nor a failure, as of a preview, there is nothing to tell.
    if (choice.notify == null || (summary == null && failure == null)) {
      return;
    }
    Notice notice =
        summary != null && failure == null
            ? Notice.of(summary, optionsToRepeat())
            : Notice.ofFailure(spec.name(), argument(), code, String.valueOf(failure));
    boolean stopped = code == ExitCode.SIGINT || code == ExitCode.SIGTERM;
    new Notification(choice.notify, stopped ? Notification.HURRIED : Notification.USUAL)
        .post(notice.as(choice.notifyFormat))
        .ifPresent(why -> messages().warning(choice.notify + " was not notified: " + why));
  }

  /** The file or run that was named; null for none. */
  private @Nullable String argument() {
    String arguments =
        spec.commandLine().getParseResult().matchedPositionals().stream()
            .map(positional -> positional.originalStringValues())
            .flatMap(List::stream)
            .collect(Collectors.joining(" "));
    return arguments.isEmpty() ? null : arguments;
  }
}
