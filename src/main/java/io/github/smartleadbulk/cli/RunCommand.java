package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.HtmlOptions;
import io.github.smartleadbulk.cli.option.SnapshotOptions;
import io.github.smartleadbulk.cli.option.StateLockOptions;
import io.github.smartleadbulk.cli.output.FinalReport;
import io.github.smartleadbulk.cli.output.NextSteps;
import io.github.smartleadbulk.cli.output.PlanJson;
import io.github.smartleadbulk.cli.output.PlanText;
import io.github.smartleadbulk.cli.output.RunReport;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.StandardError;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.RunDetails.NextStep;
import io.github.smartleadbulk.page.PageException;
import io.github.smartleadbulk.page.ReviewPage;
import io.github.smartleadbulk.page.RunPage;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.FollowUps;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.StateException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;

/** A command that works on a run. */
abstract class RunCommand extends Subcommand {

  @Mixin ApiOptions api = new ApiOptions();
  @Mixin StateLockOptions state = new StateLockOptions();
  @Mixin SnapshotOptions snapshot = new SnapshotOptions();
  @Mixin HtmlOptions html = new HtmlOptions();

  private @Nullable StandardError messages;

  RunCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  final StandardError messages() {
    if (messages == null) {
      messages = messages(quiet);
    }
    return messages;
  }

  /** The files that this command reads or writes besides its page. */
  abstract List<Path> otherFiles();

  /** The input of the run, if the command line names a file. */
  final Stream<Path> inputFile() {
    return filesGiven().filter(file -> !file.equals("-")).map(environment::resolve);
  }

  private Stream<String> filesGiven() {
    return spec.commandLine().getParseResult().matchedPositionals().stream()
        .filter(positional -> positional.type() == String.class)
        .flatMap(positional -> positional.originalStringValues().stream());
  }

  @Override
  void begin() throws IOException {
    html.check(environment, state.path(environment), this::otherFiles);
  }

  @Override
  void ended(ExitCode code, @Nullable String failure) {
    messages().ended(code == ExitCode.OK);
  }

  final RunPlace place(Target target, @Nullable Path results) {
    return target.place(results == null ? null : environment.resolve(results.toString()));
  }

  /** The report of the run on standard output. */
  final RunReport report(PreparedRun run, boolean json, StateStore store) {
    PrintStream out = environment.text();
    if (run.run().spec().isPlan()) {
      boolean hasSeveralWorkspaces = run.workspaces().size() > 1;
      return json
          ? new PlanJson(out, hasSeveralWorkspaces)
          : new PlanText(
              out,
              quiet,
              verbose,
              hasSeveralWorkspaces,
              afterPlan(run.run()).map(next -> next.why() + ": " + next.command()).orElse(""));
    }
    return result -> {
      if (json) {
        out.println(result.summary().toJson());
      } else if (!quiet || result.exitCode() != ExitCode.OK) {
        out.print(
            FinalReport.of(result.summary(), store, RunReport.TOLD_AT_THE_END, fileOfLines(run)));
        out.print(
            nextSteps(run)
                .after(result.summary(), store.runs().find(result.summary().run()).orElseThrow()));
        out.flush();
      }
    };
  }

  /** How to make the changes of a plan; empty if there is no such command. */
  Optional<NextStep> afterPlan(RunRecord plan) {
    return FollowUps.isApplicable(plan)
        ? Optional.of(
            new NextStep(
                "To apply exactly this plan", invocation().of("update --plan " + plan.id())))
        : Optional.empty();
  }

  /** Works on the run, and writes its page if one is wanted. */
  final RunResult run(RunSession session, PreparedRun run, boolean json, StateStore store)
      throws Exception {
    RunReport report = report(run, json, store);
    RunSpec of = run.run().spec();
    if (!html.isWanted() || !of.isPlan()) {
      RunResult result = session.run(run, report, new RunListener() {});
      if (html.isWanted()) {
        write(file -> writeRunPage(file, run.id(), store), json);
      }
      return result;
    }
    try (ReviewPage page = new ReviewPage()) {
      RunResult result = session.run(run, report, page);
      write(
          file ->
              page.writeTo(
                  file,
                  result,
                  afterPlan(run.run()).orElse(null),
                  of.planOf().isPresent(),
                  store.snapshots().total(run.id(), AccountField.MAX_EMAIL_PER_DAY)),
          json);
      return result;
    }
  }

  private void writeRunPage(Path file, int run, StateStore store) {
    RecordedRuns history = RecordedRuns.of(store);
    try (RunPage page =
        new RunPage(
            store,
            history,
            history.find(run).orElseThrow(),
            invocation(),
            api.windows(),
            environment.clock())) {
      page.writeTo(file);
    }
  }

  /** The run has ended, so a page that cannot be written changes nothing of its result. */
  private void write(Consumer<Path> page, boolean json) {
    Path file = html.path(environment);
    try {
      page.accept(file);
      tellPage(file, json);
    } catch (PageException e) {
      messages().alert(FaultMessages.of(e));
    } catch (StateException e) {
      messages().alert("the page %s was not written: %s".formatted(file, FaultMessages.of(e)));
    }
  }

  private void tellPage(Path file, boolean json) {
    if (!json && !quiet) {
      environment.text().printf("  %-10s %s%n", "page", file);
      environment.text().flush();
    }
  }

  private NextSteps nextSteps(PreparedRun run) {
    OptionSpec set = spec.commandLine().getParseResult().matchedOption("--set");
    return new NextSteps(
        invocation(),
        set == null ? List.of() : set.originalStringValues(),
        api.toRepeat(run.run().spec()));
  }

  /** Whether standard output gets JSON. */
  abstract boolean printsJson();

  /** The file that line numbers in messages refer to; empty if the user gave this file. */
  final String fileOfLines(PreparedRun run) {
    boolean isGiven = run.run().spec().inputPath() != null && filesGiven().findAny().isPresent();
    return isGiven ? "" : run.inputCopy().toString();
  }
}
