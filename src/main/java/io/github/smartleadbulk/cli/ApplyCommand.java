package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.option.ConfirmationOptions;
import io.github.smartleadbulk.cli.option.GuardOptions;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.MetricsOptions;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.ReportingOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.cluster.PartQueue;
import io.github.smartleadbulk.cluster.RunQueue;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.notify.RunNotice;
import io.github.smartleadbulk.notify.WebhookNotifier;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.RunTerms;
import io.github.smartleadbulk.run.StoredGuards;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that changes accounts, and notifies a webhook of the result if the user wants that. */
abstract class ApplyCommand extends RunCommand {

  @Mixin ReportingOptions reporting = new ReportingOptions();
  @Mixin ConfirmationOptions confirmation = new ConfirmationOptions();
  @Mixin MetricsOptions metrics = new MetricsOptions();

  @OneRun
  @Under(Heading.UNATTENDED)
  @Option(
      names = "--resume-stale",
      description =
          "Resume or retry a run even if a later run has set the same fields of the same accounts.")
  boolean resumeStale;

  @OneRun
  @Under(Heading.UNATTENDED)
  @Option(
      names = "--detach",
      description =
          "Leave the run to the workers of a shared state (--state-url), and end with its number.")
  boolean detach;

  @OneRun
  @Under(Heading.UNATTENDED)
  @Option(
      names = WORKERS,
      paramLabel = "N",
      description =
          "How many processes send rows at most: this one, and workers of a shared state that are free. They share a run by its workspaces. "
              + AS_MANY_AS_IT_TAKES
              + ": as many as its limits can occupy, which is what workers do (default: 1).")
  @Nullable String workers;

  static final String WORKERS = "--workers";
  static final String AS_MANY_AS_IT_TAKES = "auto";

  private static final int MOST_WORKERS = 100;

  /** For workers: a deadline does not begin again because the run waited or its worker died. */
  @OneRun
  @Option(names = "--since", hidden = true)
  @Nullable Instant since;

  private static final String NO_SANDBOX =
      "--detach: no worker can reach the embedded sandbox, which ends with this command";

  private @Nullable RunNotice notice;

  ApplyCommand(ProcessEnvironment environment) {
    super(environment);
  }

  /** Whether the command only shows what it would change. */
  boolean isDryRun() {
    return false;
  }

  @Override
  void begin() throws IOException {
    super.begin();
    if (detach) {
      checkDetach();
    }
    if (workers != null) {
      state.checkShared(WORKERS);
      OptionalInt unused = processes(workers);
    }
    reporting.guards.check();
    reporting.guards.start(environment.clock(), since);
    tellDeadline();
  }

  @Override
  List<Path> otherFiles() {
    return Stream.concat(
            inputFile(),
            Stream.of(Optional.ofNullable(reporting.results), metrics.file())
                .flatMap(Optional::stream)
                .map(file -> environment.resolve(file.toString())))
        .toList();
  }

  private void tellDeadline() {
    // Nothing waits for an answer in a dry run.
    reporting.guards.tellDeadline(
        environment, messages(), confirmation.isWanted(environment) && !isDryRun());
  }

  @Override
  final boolean printsJson() {
    return reporting.json;
  }

  @Override
  final Duration untilDeadline() {
    return reporting.guards.untilDeadline(environment.clock()).orElse(NO_DEADLINE);
  }

  /**
   * An earlier run that this command takes up again.
   *
   * @throws RunRefusedException if the run belongs to another profile
   */
  final Optional<RunRecord> earlier(StateStore store, int run) {
    Optional<RunRecord> found = store.runs().find(run);
    found.ifPresent(record -> RunPreparation.checkProfile(record, profile()));
    return found;
  }

  final RunTerms terms() {
    return terms(false);
  }

  /**
   * What this command says about the run that it works on.
   *
   * @param passing whether it may pass a guard that the run has
   */
  final RunTerms terms(boolean passing) {
    StoredGuards guards =
        reporting.guards.stored(this::isGiven).with(api.workspaces().storedGuards());
    Map<String, String> given = new TreeMap<>(guards.valueByOption());
    given.keySet().removeIf(name -> !isGiven("--" + name));
    return new RunTerms(
        guards, new StoredGuards(given), passing, resumeStale, isDryRun(), profile(), invocation());
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** What a worker on another machine cannot do is refused before anything happens. */
  private void checkDetach() {
    state.checkShared("--detach");
    if (api.isSandbox()) {
      throw new UsageException(NO_SANDBOX);
    }
    if (isGiven("--notify")) {
      throw new UsageException(
          "--notify does not go with --detach: whoever knows the URL can post to it, so it is not kept in the database. Set SMARTLEAD_NOTIFY where the workers run");
    }
    String here =
        isDryRun()
            ? "--dry-run"
            : reporting.results != null
                ? "--results"
                : html.isWanted() ? "--html" : metrics.file().isPresent() ? "--metrics-file" : null;
    if (here != null) {
      throw new UsageException(
          "%s does not go with --detach: the run is executed on another machine. 'results RUN' writes its files"
              .formatted(here));
    }
  }

  /** Leaves the run to the workers. */
  private ExitCode detach(PreparedRun run, Target target, StateStore store)
      throws InterruptedException {
    if (!target.hasRealAccounts()) {
      giveUp(run, store);
      throw new UsageException(NO_SANDBOX);
    }
    if (confirmation.isWanted(environment)
        && !environment.agrees(
            "This leaves run %d (%s against %s) to a worker, which sends it without asking again.%n%s"
                .formatted(
                    run.id(),
                    run.run().spec().inputName(),
                    RunSession.against(run),
                    Confirmation.GO_ON))) {
      giveUp(run, store);
      messages().note("You did not agree: nothing is sent.");
      return ExitCode.USAGE;
    }
    // Whoever has asked the run to stop did so before this command.
    store.journal(run.id());
    new RunQueue(store)
        .add(
            run.id(),
            DetachedOptions.of(
                spec, new ResumeCommand(environment), run, environment.clock().instant()));
    if (reporting.json) {
      environment.out().println("{\"run\":%d,\"status\":\"queued\"}".formatted(run.id()));
    } else if (!quiet) {
      environment
          .text()
          .printf(
              "Run %d waits for a worker.%nTo see how it goes:   %s%nTo have its files:    %s%n",
              run.id(),
              invocationOf(new ShowCommand(environment)).of("show " + run.id()),
              invocationOf(new ResultsCommand(environment))
                  .of("results " + run.id() + " --out run-" + run.id()));
    }
    environment.out().flush();
    return ExitCode.OK;
  }

  /** A run that was begun only now must not be in the way of the next command. */
  private void giveUp(PreparedRun run, StateStore store) {
    if (!run.resumed()) {
      store.runs().end(run.id(), RunStatus.ABANDONED, null, environment.clock().instant());
    }
  }

  final ExitCode apply(PreparedRun run, Target target, StateStore store) throws Exception {
    if (detach) {
      return detach(run, target, store);
    }
    GuardOptions options = reporting.guards;
    StoredGuards before = options.stored(this::isGiven);
    options.adopt(run.guards());
    if (!Objects.equals(
        before.valueByOption().get(StoredGuards.FINISH_BY),
        run.guards().valueByOption().get(StoredGuards.FINISH_BY))) {
      tellDeadline();
    }
    Guards guards = options.guards(environment.clock());
    // What is left of a run may differ from what the user agreed to, so "resume" asks again.
    Confirmation question =
        new Confirmation(
            environment,
            RunSession.against(run),
            target.hasRealAccounts() && confirmation.isWanted(environment));
    RunSession session =
        new RunSession(
            this,
            options.strict,
            guards,
            resumeStale,
            question,
            target,
            store,
            target.hasRealAccounts() && workers != null ? help(run, store, workers) : null);
    RunResult result = run(session, run, reporting.json, store);
    notice = RunNotice.of(result.summary(), invocation().forRowsOf(run.run().spec()));
    metrics.read(store);
    return result.exitCode();
  }

  private static OptionalInt processes(String workers) {
    if (workers.equals(AS_MANY_AS_IT_TAKES)) {
      return OptionalInt.empty();
    }
    if (!workers.matches("[1-9]\\d{0,2}") || Integer.parseInt(workers) > MOST_WORKERS) {
      throw new UsageException(
          "%s: found %s, expected 1 to %d or %s"
              .formatted(WORKERS, Cells.shown(workers), MOST_WORKERS, AS_MANY_AS_IT_TAKES));
    }
    return OptionalInt.of(Integer.parseInt(workers));
  }

  /** How workers can send rows of the run. They do it with the options of this command. */
  private RunSettings.Help help(PreparedRun run, StateStore store, String most) {
    PartQueue queue = new PartQueue(store);
    List<String> options =
        DetachedOptions.of(
            spec,
            new ResumeCommand(environment),
            run,
            since == null ? environment.clock().instant() : since);
    return new RunSettings.Help() {
      @Override
      public OptionalInt processes() {
        return ApplyCommand.processes(most);
      }

      @Override
      public void offer(int number, int owner, int part) {
        queue.offer(number, owner, part, environment.processName(), options);
      }

      @Override
      public void withdraw(int number, int owner, int part) {
        queue.withdraw(number, owner, part);
      }

      @Override
      public boolean isAwaited(int number, int owner, int part) {
        return queue.isAwaited(number, owner, part);
      }
    };
  }

  /**
   * By now the state folder is free and the report is printed, so nobody has to wait for a webhook.
   */
  @Override
  final void ended(ExitCode code, @Nullable String failure) {
    super.ended(code, failure);
    metrics.write(environment).ifPresent(messages()::warning);
    // Without a run or a failure, such as after a preview, there is nothing to post. Whoever waits
    // for the result of a run must not take a dry run for it.
    if (reporting.notify == null || isDryRun() || (notice == null && failure == null)) {
      return;
    }
    RunNotice posted =
        notice != null && failure == null
            ? notice
            : RunNotice.ofFailure(spec.name(), argument(), code, String.valueOf(failure));
    boolean stopped = code == ExitCode.SIGINT || code == ExitCode.SIGTERM;
    WebhookNotifier notifier =
        new WebhookNotifier(
            reporting.notify.url(), stopped ? WebhookNotifier.HURRIED : WebhookNotifier.USUAL);
    post(notifier, posted.as(reporting.notifyFormat))
        .ifPresent(why -> messages().alert(reporting.notify + " was not notified: " + why));
  }

  /** A signal ends the waiting but not the process, because the exit code of the run is final. */
  private static Optional<String> post(WebhookNotifier notifier, String json) {
    try (Signals signals = Signals.handle(signal -> notifier.giveUp())) {
      return notifier.post(json);
    } catch (ReflectiveOperationException e) {
      return Optional.of("signals cannot be handled");
    }
  }

  /** The file or run that the command line names; null for none. */
  private @Nullable String argument() {
    String arguments =
        spec.commandLine().getParseResult().matchedPositionals().stream()
            .map(positional -> positional.originalStringValues())
            .flatMap(List::stream)
            .collect(Collectors.joining(" "));
    return arguments.isEmpty() ? null : arguments;
  }
}
