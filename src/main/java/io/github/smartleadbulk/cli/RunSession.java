package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.output.CalledApis;
import io.github.smartleadbulk.cli.output.Progress;
import io.github.smartleadbulk.cli.output.RunReport;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.Signals;
import io.github.smartleadbulk.cli.process.StandardError;
import io.github.smartleadbulk.cli.process.Watchdog;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowMessages;
import io.github.smartleadbulk.job.UpdateRun;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Shows a run to the user: progress while it runs, and the report at its end. */
record RunSession(
    RunCommand command,
    boolean strict,
    Guards guards,
    boolean resumesStale,
    Confirmation confirmation,
    Target target,
    StateStore store,
    RunSettings.@Nullable Help help) {

  /** How many stops of workspaces are told at once. An outage may stop a thousand. */
  private static final int MOST_STOPS_TOLD = 10;

  /**
   * Works on the run until its end.
   *
   * @param page hears of what belongs on a page
   */
  RunResult run(PreparedRun prepared, RunReport report, RunListener page) throws Exception {
    target.list(prepared.input());
    StandardError messages = command.messages();
    ProcessEnvironment environment = command.environment;
    if (!command.quiet) {
      messages.note(beginning(prepared));
    }
    if (!prepared.sentSince().isEmpty()) {
      messages.warning(
          "other runs have changed accounts since run %d stopped: %s. Its finished rows are not sent again."
              .formatted(prepared.id(), Amount.list(prepared.sentSince())));
    }
    RunSettings settings =
        new RunSettings(
            strict, command.snapshot.settings(), guards, resumesStale, command.invocation(), help);
    prepared.insteadOf().ifPresent(messages::warning);
    AtomicReference<@Nullable Progress> shown = new AtomicReference<>();
    UpdateRun run =
        new UpdateRun(
            store,
            prepared,
            settings,
            listener(prepared, report, page, shown),
            environment.clock());
    RunResult result;
    try (Watchdog watchdog = Watchdog.watch(run, prepared.timeout(), messages);
        Signals signals = Signals.handle(prepared.timeout(), signal -> stop(run, signal));
        Progress progress = Progress.start(run, environment, command.quiet)) {
      shown.set(progress);
      result = run.execute();
    }
    tell(result, report);
    return result;
  }

  private String beginning(PreparedRun prepared) {
    String input = prepared.run().spec().inputName();
    if (!prepared.resumed()) {
      return "Run %d%s: %s against %s"
          .formatted(
              prepared.id(),
              prepared.run().spec().planOf().map(of -> " (dry run of " + of + ")").orElse(""),
              input,
              against(prepared));
    }
    return "Run %d: resuming %s against %s, %s done"
        .formatted(
            prepared.id(),
            input,
            against(prepared),
            prepared.run().rows() == null
                ? "no rows"
                : String.format(
                    Locale.ROOT,
                    "%,d of %s",
                    prepared.rowsEnded(),
                    Amount.of(prepared.run().rows(), "row")));
  }

  static String against(PreparedRun prepared) {
    return CalledApis.of(
        prepared.run().spec().workspaces().stream().map(RunSpec.Workspace::target).toList());
  }

  private void stop(UpdateRun run, ExitCode signal) {
    run.stop(Stop.bySignal(signal));
    // This comes last, because a write blocks forever if nobody reads the stream.
    command
        .messages()
        .note(
            signal
                + ": sending no new rows, waiting for the calls in flight. Press Ctrl-C again to stop immediately.");
  }

  private void tell(RunResult result, RunReport report) {
    if (result.fault() != null && command.verbose) {
      result.fault().printStackTrace(command.environment.err());
    }
    String stopped = result.summary().stopped();
    if (stopped != null && confirmation.isDeclined()) {
      command
          .messages()
          .note(stopped.substring(0, 1).toUpperCase(Locale.ROOT) + stopped.substring(1) + ".");
    } else if (stopped != null) {
      command.messages().error(stopped);
    }
    tellKept(result);
    // A guard has said which command passes it.
    if (result.summary().status().equals(RunStatus.STOPPED.toString())
        && !RunSummaries.isStoppedByGuards(result.summary())) {
      int run = result.summary().run();
      command
          .messages()
          .note("To resume run %d: %s".formatted(run, command.invocation().of("resume " + run)));
    }
    if (!confirmation.isDeclined() || command.printsJson()) {
      report.end(result);
    }
  }

  /** The ramp did less than it says, and no exit code tells that. */
  private void tellKept(RunResult result) {
    RunSummary summary = result.summary();
    PlanTotals plan = result.plan();
    long kept =
        (plan == null ? summary.rowsByStatus() : plan.otherRowsByStatus())
            .getOrDefault(RowStatus.KEPT, 0L);
    if (kept == 0) {
      return;
    }
    Path results = summary.files().get("results");
    command
        .messages()
        .alert(
            "%s %s kept: %s a higher daily limit than the ramp says.%s To lower %s, run the ramp with --allow-decrease."
                .formatted(
                    Amount.of(kept, "row"),
                    plan != null ? "would be" : kept == 1 ? "was" : "were",
                    kept == 1 ? "its account has" : "their accounts have",
                    results == null ? "" : " Both limits are in " + results + ".",
                    kept == 1 ? "it" : "them"));
  }

  private RunListener listener(
      PreparedRun prepared,
      RunReport report,
      RunListener page,
      AtomicReference<@Nullable Progress> shown) {
    String file = command.fileOfLines(prepared);
    StandardError messages = command.messages();
    RowMessages rows = new RowMessages(messages::warning, command.verbose, file);
    AtomicInteger stops = new AtomicInteger();
    return new RunListener() {
      @Override
      public boolean wantsEachRow() {
        return command.verbose;
      }

      @Override
      public String fileOfLines() {
        return file;
      }

      @Override
      public void note(String message) {
        if (!command.quiet) {
          messages.note(message);
        }
      }

      @Override
      public void invalidRow(InputRow row) {
        rows.add(row);
        page.invalidRow(row);
      }

      @Override
      public void inspected(long count, long invalid) {
        rows.end();
      }

      @Override
      public void warning(String message) {
        messages.warning(message);
        page.warning(message);
      }

      @Override
      public void workspaceStopped(String workspace, String why) {
        int count = stops.incrementAndGet();
        if (count <= MOST_STOPS_TOLD) {
          messages.warning("workspace %s stopped: %s. The others go on.".formatted(workspace, why));
        } else if (count == MOST_STOPS_TOLD + 1) {
          messages.warning("more workspaces have stopped. summary.json will name all of them.");
        }
      }

      @Override
      public void sharedAccounts(long rows) {
        messages.warning(
            Amount.of(rows, "row")
                + (rows == 1 ? " names" : " name")
                + " an account that another row names too, one by id and the other by address");
      }

      @Override
      public boolean wantsToAgree() {
        return confirmation.isWanted();
      }

      @Override
      public boolean agrees(PlanTotals changes, BooleanSupplier isOver) {
        return Objects.requireNonNull(shown.get())
            .aside(() -> confirmation.agrees(changes, isOver));
      }

      @Override
      public void planned(
          InputRow row, long accountId, @Nullable String fromEmail, Changes changes) {
        report.planned(row, accountId, fromEmail, changes);
        page.planned(row, accountId, fromEmail, changes);
      }

      @Override
      public void wouldStop(String why) {
        messages.alert(why);
        report.wouldStop(why);
        page.wouldStop(why);
      }

      @Override
      public void wouldFail(RowOutcome outcome) {
        report.wouldFail(outcome);
        page.wouldFail(outcome);
      }

      @Override
      public void wouldKeep(RowOutcome outcome) {
        report.wouldKeep(outcome);
        page.wouldKeep(outcome);
      }
    };
  }
}
