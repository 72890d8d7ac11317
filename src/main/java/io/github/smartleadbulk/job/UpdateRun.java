package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.client.Waiting;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ClientHandle;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.LoggedCalls;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunProgress;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunEnding;
import io.github.smartleadbulk.state.RunJournal;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateException;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;

/**
 * Executes the rest of a prepared run, until its end or until it is stopped. {@link
 * io.github.smartleadbulk.run.RunPreparation} decides what the run is, and {@link UpdateJob} has
 * its steps. This class has everything around the steps.
 *
 * <p>Call {@link #execute} once. Any thread can call the other methods.
 */
public final class UpdateRun {

  private final StateStore store;
  private final PreparedRun prepared;
  private final RunSettings settings;
  private final RunListener listener;
  private final Clock clock;
  private final RunProgress progress;
  private final ClientHandle client = new ClientHandle();

  public UpdateRun(
      StateStore store,
      PreparedRun prepared,
      RunSettings settings,
      RunListener listener,
      Clock clock) {
    this.store = store;
    this.prepared = prepared;
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    this.progress = new RunProgress(prepared.journalled().rowsByStatus());
  }

  /**
   * Executes the run.
   *
   * @return the result, which is also in {@code summary.json}
   */
  public RunResult execute() throws JobExecutionException {
    RunJournal journal = store.journal(prepared.id());
    try (LoggedCalls calls = openCalls(journal);
        SmartleadClient opened = openClient(calls)) {
      client.publish(opened);
      JobExecution execution = carryOut(opened, journal, calls);
      return record(endOf(execution, opened), opened);
    }
  }

  private LoggedCalls openCalls(RunJournal journal) {
    RunSpec spec = prepared.run().spec();
    return LoggedCalls.open(
        store,
        settings.client().windows(),
        spec.keyHash(),
        spec.target(),
        journal,
        settings.callMemory(),
        clock);
  }

  private SmartleadClient openClient(LoggedCalls calls) {
    try {
      return SmartleadClient.create(settings.client(), calls);
    } catch (IllegalArgumentException e) {
      // The proxy in the environment is not usable.
      store.runs().end(prepared.id(), RunStatus.STOPPED, ExitCode.USAGE.code(), clock.instant());
      throw new RunRefusedException(String.valueOf(e.getMessage()));
    }
  }

  private JobExecution carryOut(SmartleadClient opened, RunJournal journal, LoggedCalls calls)
      throws JobExecutionException {
    RunContext context =
        new RunContext(
            prepared,
            settings,
            store,
            opened,
            journal,
            calls,
            progress,
            listener,
            clock,
            this::stop);
    try (Deadline deadline =
        Deadline.watch(
            // A dry run says what a deadline would do, and is not stopped by it.
            prepared.run().spec().isPlan() ? Guards.usual() : settings.guards(),
            settings.client().timeout(),
            clock,
            why -> stop(new Stop(ExitCode.STOPPED_EARLY, why)))) {
      JobExecution execution = new UpdateJob(context).execute();
      context.keepCalls();
      return execution;
    }
  }

  private RunEnd endOf(JobExecution execution, SmartleadClient opened) {
    PlanTotals plan = progress.plan();
    boolean needsAttention =
        plan == null
            ? progress.rowsByStatus().keySet().stream().anyMatch(RowStatus::needsAttention)
            : plan.needsAttention();
    RunEnd end =
        RunEnd.of(
            execution, opened.stopped(), client.askedToStop(), prepared.resumed(), needsAttention);
    if (end.exitCode() == ExitCode.FAULT) {
      try {
        store.checkDisk();
      } catch (StateException e) {
        // Spring Batch may report a database that cannot write as a fault of the program.
        return RunEnd.failed(e, prepared.resumed());
      }
    }
    return end;
  }

  private RunResult record(RunEnd end, SmartleadClient opened) {
    if (end.fault() != null) {
      store.distrustDatabase();
    }
    RunSummary summary;
    try {
      summary = keep(end, opened);
    } catch (RuntimeException e) {
      if (end.fault() == null) {
        throw e;
      }
      // This failure follows from the fault, so the fault is reported.
      throw new IllegalStateException(end.stopped(), end.fault());
    }
    RunEnd told = end;
    try {
      summary.writeTo(prepared.files().summary());
    } catch (IOException e) {
      // As with the other files, a resumed run writes the summary when there is room again.
      told = RunEnd.failed(e, prepared.resumed());
      summary = keep(told, opened);
    }
    if (told.status() == RunStatus.FINISHED) {
      cleanUp();
    }
    return new RunResult(told.exitCode(), summary, progress.plan(), told.fault());
  }

  /** A failure here does not change how the run ended. The next run tries again. */
  private void cleanUp() {
    try {
      store.snapshots().deleteUnneeded();
    } catch (RuntimeException | Error e) {
      store.distrustDatabase();
      listener.warning(
          "the account list of this run could not be deleted. The next run tries again: "
              + FaultMessages.words(FaultMessages.findError(e).orElse(e)));
    }
  }

  private RunSummary keep(RunEnd end, SmartleadClient opened) {
    Map<String, Duration> waitedByCause = prepared.waitedByCause(opened.statistics());
    store
        .runs()
        .end(
            prepared.id(),
            new RunEnding(end.status(), end.exitCode().code(), end.stopped(), waitedByCause),
            clock.instant());
    return RunSummaries.of(
        store,
        store.runs().find(prepared.id()).orElseThrow(),
        end.status().toString(),
        progress.rowsByStatus());
  }

  /** Takes no new rows and waits for the calls in flight; {@link #execute} returns soon after. */
  public void stop(Stop why) {
    client.stop(why);
  }

  public RunProgress progress() {
    return progress;
  }

  /**
   * When the calls that rows still need will have been made, with all windows; empty if it is not
   * known how many calls that is.
   */
  public Optional<Instant> forecast() {
    OptionalLong calls = progress.callsNeeded();
    return calls.isEmpty()
        ? Optional.empty()
        : client.client().map(opened -> opened.forecast(calls.getAsLong()));
  }

  /** Whether there are no windows. Then the calls that rows need are not counted ahead. */
  public boolean isUnlimited() {
    return settings.client().windows().isEmpty();
  }

  /** The number of calls that this process has made. */
  public long calls() {
    return client.client().map(opened -> opened.statistics().calls()).orElse(0L);
  }

  /** What the client is waiting for now. */
  public Optional<Waiting> waiting() {
    return client.client().flatMap(SmartleadClient::waiting);
  }
}
