package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.client.ClientPool;
import io.github.smartleadbulk.client.Waiting;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ClientHandle;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
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
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.workspace.LoggedCalls;
import io.github.smartleadbulk.workspace.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

  /** Stops the workspaces, even before they are open. */
  private final List<ClientHandle> handles;

  private volatile List<OpenWorkspace> workspaces = List.of();
  private volatile @Nullable Stop asked;
  private Map<String, Duration> waitedByCause = Map.of();

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
    this.progress = new RunProgress(prepared.journalled().rowsByStatusByWorkspace());
    this.handles = prepared.workspaces().stream().map(workspace -> new ClientHandle()).toList();
  }

  /**
   * Executes the run.
   *
   * @return the result, which is also in {@code summary.json}
   */
  public RunResult execute() throws Exception {
    RunJournal journal = store.journal(prepared.id());
    store.whenAskedToStop(
        prepared.id(),
        () -> stop(new Stop(ExitCode.STOPPED_EARLY, "stopped by 'stop " + prepared.id() + "'")));
    ClientPool pool;
    try {
      pool = openPool();
    } catch (RunRefusedException e) {
      store.runs().end(prepared.id(), RunStatus.STOPPED, ExitCode.USAGE.code(), clock.instant());
      throw e;
    }
    return work(pool, journal, context -> record(endOf(carryOut(context))));
  }

  /**
   * Sends the rows of some workspaces for the process that has the run.
   *
   * @param places of the workspaces among those of the run, which this process has taken
   * @param mayGoOn whether that process still wants this
   * @throws Exception what has gone wrong; the other process goes on with what is left
   */
  public void send(Set<Integer> places, PartSending.GoingOn mayGoOn) throws Exception {
    Boolean unused =
        work(
            openPool(),
            store.joinJournal(prepared.id()),
            context -> {
              try (Deadline deadline = watchDeadline()) {
                new PartSending(context, places, mayGoOn).execute();
              }
              return true;
            });
  }

  private interface Work<T> {
    T execute(RunContext context) throws Exception;
  }

  private <T> T work(ClientPool clients, RunJournal journal, Work<T> work) throws Exception {
    store.whenLost(
        () ->
            stop(
                new Stop(
                    ExitCode.STOPPED_EARLY,
                    "this process was out of touch with the database, so another one may have taken over",
                    true)));
    List<OpenWorkspace> opened = new ArrayList<>();
    try (clients) {
      try {
        open(clients, journal, opened);
        workspaces = List.copyOf(opened);
        return work.execute(context(journal));
      } finally {
        opened.forEach(OpenWorkspace::close);
      }
    }
  }

  private ClientPool openPool() {
    try {
      return ClientPool.start(prepared.workspaces().size());
    } catch (IllegalArgumentException e) {
      // The proxy in the environment is not usable.
      throw new RunRefusedException(String.valueOf(e.getMessage()));
    }
  }

  private void open(ClientPool pool, RunJournal journal, List<OpenWorkspace> opened) {
    List<WorkspaceTotals> before = store.runs().workspaces(prepared.id());
    for (int place = 0; place < handles.size(); place++) {
      Workspace workspace = prepared.workspaces().get(place);
      LoggedCalls calls = LoggedCalls.open(store, workspace, journal, place, clock);
      opened.add(
          new OpenWorkspace(
              prepared.id(),
              place,
              workspace,
              before.get(place),
              calls,
              pool.create(workspace.client(), calls),
              handles.get(place)));
    }
  }

  private RunContext context(RunJournal journal) {
    return new RunContext(
        prepared,
        settings,
        store,
        workspaces,
        workspaces.stream().collect(Collectors.toMap(OpenWorkspace::name, workspace -> workspace)),
        journal,
        progress,
        listener,
        clock,
        this::stop);
  }

  private @Nullable Deadline watchDeadline() {
    return Deadline.watch(
        // A dry run says what a deadline would do, and is not stopped by it.
        prepared.run().spec().isPlan() ? Guards.usual() : settings.guards(),
        prepared.timeout(),
        clock,
        why -> stop(new Stop(ExitCode.STOPPED_EARLY, why)));
  }

  private JobExecution carryOut(RunContext context) throws JobExecutionException, IOException {
    try (Deadline deadline = watchDeadline()) {
      JobExecution execution = new UpdateJob(context).execute();
      context.keepCalls();
      waitedByCause = context.totals().waitedByCause();
      return execution;
    }
  }

  /** How the workspaces have ended that have stopped. */
  private Map<String, RunEnd> endByWorkspace() {
    Map<String, RunEnd> ends = new LinkedHashMap<>();
    for (OpenWorkspace workspace : workspaces) {
      if (workspace.isStopped()) {
        ends.put(workspace.name(), RunEnd.of(workspace));
      }
    }
    return ends;
  }

  private RunEnd endOf(JobExecution execution) {
    PlanTotals plan = progress.plan();
    boolean needsAttention =
        plan == null
            ? progress.rowsByStatus().keySet().stream().anyMatch(RowStatus::needsAttention)
            : plan.needsAttention();
    RunEnd end =
        RunEnd.of(
            execution,
            endByWorkspace(),
            asked,
            workspaces.size(),
            prepared.resumed(),
            needsAttention);
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

  private RunResult record(RunEnd end) {
    if (end.fault() != null) {
      store.distrustDatabase();
    }
    RunSummary summary;
    try {
      summary = keep(end);
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
      summary = keep(told);
    }
    store.saveFiles(prepared.id());
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

  private RunSummary keep(RunEnd end) {
    Map<String, RunEnd> ends = end.status() == RunStatus.FINISHED ? Map.of() : endByWorkspace();
    store
        .runs()
        .endWorkspaces(
            prepared.id(),
            workspaces.stream()
                .map(workspace -> workspace.totals(ends.get(workspace.name())))
                .toList());
    store
        .runs()
        .end(
            prepared.id(),
            new RunEnding(statusOf(end), end.exitCode().code(), end.stopped(), waitedByCause),
            clock.instant());
    return RunSummaries.of(
        store,
        store.runs().find(prepared.id()).orElseThrow(),
        end.status().toString(),
        progress.rowsByStatus(),
        progress::rowsByStatus);
  }

  /** A run that lost its database has not stopped by itself: a worker goes on, as after a kill. */
  private static RunStatus statusOf(RunEnd end) {
    return end.isStateAway() ? RunStatus.RUNNING : end.status();
  }

  /** Takes no new rows and waits for the calls in flight; {@link #execute} returns soon after. */
  public void stop(Stop why) {
    synchronized (handles) {
      if (asked == null) {
        asked = why;
      }
    }
    handles.forEach(handle -> handle.stop(why));
  }

  public RunProgress progress() {
    return progress;
  }

  /**
   * When the calls that rows still need will have been made, with all windows; empty if it is not
   * known how many calls that is.
   */
  public Optional<Instant> forecast() {
    return progress
        .callsNeeded()
        .flatMap(
            calls ->
                workspaces.stream()
                    .filter(workspace -> !workspace.isStopped())
                    .map(
                        workspace ->
                            workspace.client().forecast(calls.getOrDefault(workspace.name(), 0L)))
                    .max(Comparator.naturalOrder()));
  }

  /** Whether there are no windows. Then the calls that rows need are not counted ahead. */
  public boolean isUnlimited() {
    return prepared.isUnlimited();
  }

  /** The number of calls that this process has made. */
  public long calls() {
    return workspaces.stream().mapToLong(workspace -> workspace.statistics().calls()).sum();
  }

  /**
   * What the run is waiting for now; empty if a workspace that has rows left can make calls. If
   * workspaces wait for different times, the run waits for the first of them.
   */
  public Optional<Waiting> waiting() {
    List<Waiting> waiting = new ArrayList<>();
    for (OpenWorkspace workspace : workspaces) {
      if (!workspace.isStopped() && !(workspaces.size() > 1 && isDone(workspace))) {
        Optional<Waiting> reason = workspace.client().waiting();
        if (reason.isEmpty()) {
          return Optional.empty();
        }
        waiting.add(reason.get());
      }
    }
    return waiting.stream().min(Comparator.comparing(Waiting::until));
  }

  private boolean isDone(OpenWorkspace workspace) {
    return progress.rows(workspace.name()) == progress.done(workspace.name());
  }

  /**
   * What a workspace is doing now.
   *
   * @param rows of the input that are for the workspace; -1 until they are counted
   * @param done how many of them have ended
   * @param accountsRead how many accounts of its list were read
   * @param waiting what it is waiting for; null if it can make calls, is done or has stopped
   * @param stopped why it stopped; null if it did not
   */
  public record WorkspaceState(
      String name,
      long rows,
      long done,
      long accountsRead,
      @Nullable Waiting waiting,
      @Nullable String stopped) {

    /** Whether all rows of the workspace have ended. */
    public boolean isDone() {
      return rows == done;
    }
  }

  /** What the workspaces of the run are doing now, in the order of the run. */
  public List<WorkspaceState> workspaces() {
    return workspaces.stream().map(this::state).toList();
  }

  private WorkspaceState state(OpenWorkspace workspace) {
    String name = workspace.name();
    boolean isDone = isDone(workspace);
    boolean isStopped = workspace.isStopped() && !isDone;
    return new WorkspaceState(
        name,
        progress.rows(name),
        progress.done(name),
        progress.accountsRead(name),
        isDone || isStopped ? null : workspace.client().waiting().orElse(null),
        isStopped ? RunEnd.of(workspace).stopped() : null);
  }
}
