package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.client.ClientStatistics;
import io.github.smartleadbulk.fill.RowFilling;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.guard.Objection;
import io.github.smartleadbulk.guard.Share;
import io.github.smartleadbulk.guard.TextCheck;
import io.github.smartleadbulk.guard.WorkspaceChanges;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowMessages;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunProgress;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.RunStoppedException;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.run.StoredGuards;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.RunJournal;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the steps of a run share. */
record RunContext(
    PreparedRun prepared,
    RunSettings settings,
    StateStore store,
    List<OpenWorkspace> workspaces,
    Map<String, OpenWorkspace> workspaceByName,
    RunJournal journal,
    RunProgress progress,
    RunListener listener,
    Clock clock,
    Consumer<Stop> stopper) {

  private static final int LARGEST_CHUNK = 500;

  private static final Set<RowStatus> CHANGED = Set.of(RowStatus.UPDATED, RowStatus.UNCERTAIN);

  private static final Set<RowStatus> FAILED = Set.of(RowStatus.FAILED, RowStatus.UNCERTAIN);

  int run() {
    return prepared.id();
  }

  /** The name of the job in Spring Batch. */
  String jobName() {
    return prepared.run().spec().isPlan() ? JobNames.PLAN_JOB : JobNames.JOB;
  }

  RunOptions options() {
    return prepared.options();
  }

  /** When the last call may begin; null if there is no deadline. */
  @Nullable Deadline deadline() {
    return Deadline.of(settings.guards(), prepared.timeout(), clock);
  }

  /** What fills the rows. */
  RowFilling filling() {
    return options().filling(prepared.input().header());
  }

  /** The number of rows in the input. Known after the inspect step. */
  long rows() {
    return store.runs().rows(run()).orElseThrow();
  }

  /** The number of rows by workspace, without workspaces whose rows were not counted. */
  Map<String, Long> rowsByWorkspace() {
    Map<String, Long> rowsByWorkspace = new TreeMap<>();
    List<WorkspaceTotals> totals = store.runs().workspaces(run());
    for (OpenWorkspace workspace : workspaces) {
      Long rows = totals.get(workspace.place()).rows();
      if (rows != null) {
        rowsByWorkspace.put(workspace.name(), rows);
      }
    }
    return rowsByWorkspace;
  }

  /** The number of rows at the start of the input that have lines. */
  long rowsWritten() {
    return journalled().written().rows();
  }

  /** What earlier processes of the run have recorded. */
  JournalledRun journalled() {
    return prepared.journalled();
  }

  /** The workspace of a row. */
  OpenWorkspace workspace(InputRow row) {
    // A row that names no workspace of the run is not sent. The first one takes care of it.
    return workspaceByName.getOrDefault(row.workspace(), workspaces.get(0));
  }

  /** Names a workspace at the end of a phrase if the run has several. */
  String suffix(OpenWorkspace workspace) {
    return workspaces.size() == 1 ? "" : " in workspace " + workspace.name();
  }

  /** Names a workspace at the start of a message if the run has several. */
  String prefix(OpenWorkspace workspace) {
    return workspaces.size() == 1 ? "" : "workspace " + workspace.name() + ": ";
  }

  /**
   * Whether a workspace that waits may be left until later. Somebody who is asked must know all
   * changes, and so must the reader of a plan.
   */
  boolean mayBeLate() {
    return workspaces.size() > 1 && !prepared.run().spec().isPlan() && !listener.wantsToAgree();
  }

  /** Whether every workspace has stopped. */
  boolean isStopped() {
    return workspaces.stream().allMatch(OpenWorkspace::isStopped);
  }

  /** When the calls that rows need will have been made, with all windows. */
  Instant forecast(Map<String, Long> callsByWorkspace) {
    return workspaces.stream()
        .map(
            workspace ->
                workspace.client().forecast(callsByWorkspace.getOrDefault(workspace.name(), 0L)))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * The number of lines between two commits: about one second's worth, so that results.csv is up to
   * date, and never so many that a restart has to read much again.
   */
  int chunkSize() {
    double perSecond = 0;
    for (Workspace workspace : prepared.workspaces()) {
      perSecond += RateWindow.perSecond(workspace.client().windows()).orElse(LARGEST_CHUNK);
    }
    return (int) Math.max(1, Math.min(LARGEST_CHUNK, perSecond));
  }

  /** The guards for the rows of a workspace. */
  Guards guards(OpenWorkspace workspace) {
    return prepared.guards().of(workspace.name(), settings.guards());
  }

  /** Whether a guard of a workspace is its own, so that its rows do not count for all. */
  boolean hasOwn(String guard, String workspace) {
    return prepared.guards().find(workspace, guard).isPresent();
  }

  /** Whether a workspace has a bound of its own on what is about to change. */
  boolean hasOwnBounds() {
    return workspaces.stream()
        .map(OpenWorkspace::name)
        .anyMatch(
            name ->
                hasOwn(StoredGuards.MAX_CHANGES, name) || hasOwn(StoredGuards.MAX_INCREASE, name));
  }

  /** Begins to count what the run is about to change. */
  WorkspaceChanges countChanges() {
    WorkspaceChanges changes =
        new WorkspaceChanges(
            settings.guards(),
            rows(),
            endedBefore(workspace -> !hasOwn(StoredGuards.MAX_CHANGES, workspace), CHANGED));
    Map<String, Long> rowsByWorkspace = hasOwnBounds() ? rowsByWorkspace() : Map.of();
    for (OpenWorkspace workspace : workspaces) {
      String name = workspace.name();
      boolean ownChanges = hasOwn(StoredGuards.MAX_CHANGES, name);
      boolean ownIncrease = hasOwn(StoredGuards.MAX_INCREASE, name);
      if (ownChanges || ownIncrease) {
        Guards guards = guards(workspace);
        changes.bound(
            name,
            ownChanges ? guards.maxChanges() : null,
            ownIncrease ? guards.maxIncrease() : null,
            rowsByWorkspace.getOrDefault(name, 0L),
            endedBefore(name::equals, CHANGED));
      }
    }
    return changes;
  }

  /** How many rows of some workspaces have ended with some statuses in earlier processes. */
  private long endedBefore(Predicate<String> chosen, Set<RowStatus> statuses) {
    return workspaces.stream()
        .map(OpenWorkspace::name)
        .filter(chosen)
        .map(name -> journalled().rowsByStatusByWorkspace().getOrDefault(name, Map.of()))
        .flatMap(rows -> rows.entrySet().stream())
        .filter(rows -> statuses.contains(rows.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Whether earlier processes of the run have changed an account, or may have, or have failed. */
  boolean hasSentBefore() {
    return endedBefore(workspace -> true, CHANGED) + endedBefore(workspace -> true, FAILED) > 0;
  }

  /** How many rows that count for all have failed or are uncertain since earlier processes. */
  long failedBefore() {
    return endedBefore(workspace -> !hasOwn(StoredGuards.MAX_FAILURES, workspace), FAILED);
  }

  /** How many rows of a workspace have failed or are uncertain since earlier processes. */
  long failedBefore(String workspace) {
    return endedBefore(workspace::equals, FAILED);
  }

  /**
   * Refuses to go on with a run that has too many failures.
   *
   * @throws RunStoppedException if earlier processes have exceeded the guard
   */
  void checkFailures() {
    Share most = settings.guards().maxFailures();
    if (most != null && !isEveryRowEnded() && most.isExceededBy(failedBefore(), rows())) {
      throw new RunStoppedException(ExitCode.GUARD, tooManyFailures(most, failedBefore()));
    }
  }

  /** How the guard on failures is spelled that counts the rows of a workspace. */
  String tooManyFailures(OpenWorkspace workspace, Share most, long count, long rows) {
    return "guard %s %s: %s. To allow more, write %s = %s in the config file, then: %s"
        .formatted(
            StoredGuards.ofWorkspace(workspace.name(), StoredGuards.MAX_FAILURES),
            most,
            failures(count),
            StoredGuards.ofWorkspace(workspace.name(), StoredGuards.MAX_FAILURES),
            most.raisedTo(2 * count, rows),
            settings.invocation().of("resume " + run()));
  }

  private static String failures(long count) {
    return Amount.of(count, "row", "has failed or is uncertain", "have failed or are uncertain");
  }

  String tooManyFailures(Share most, long count) {
    return "guard --max-failures %s: %s. To allow more: %s"
        .formatted(
            most,
            failures(count),
            resumeCommand("--max-failures " + most.raisedTo(2 * count, rows())));
  }

  /** Why a guard of a workspace's own stops it, and how to pass it. */
  Stop stop(OpenWorkspace workspace, List<Objection> objections) {
    String what =
        objections.stream()
            .map(objection -> message(workspace, objection))
            .collect(Collectors.joining("; "));
    String lines =
        objections.stream()
            .map(objection -> line(workspace, objection))
            .collect(Collectors.joining(", "));
    return new Stop(
        ExitCode.GUARD,
        "%s. Nothing more was sent. To allow this, write %s in the config file, then: %s"
            .formatted(what, lines, settings.invocation().of("resume " + run())));
  }

  /** What a guard of a workspace's own has found, with its name in the config file. */
  static String message(OpenWorkspace workspace, Objection objection) {
    return objection
        .message()
        .replaceFirst("^guard --", "guard " + StoredGuards.ofWorkspace(workspace.name(), ""));
  }

  /** The line of the config file that passes a guard of a workspace's own. */
  static String line(OpenWorkspace workspace, Objection objection) {
    return StoredGuards.ofWorkspace(
        workspace.name(), objection.option().substring("--".length()).replaceFirst(" ", " = "));
  }

  /** The command that resumes this run with an option. */
  String resumeCommand(String option) {
    return settings.invocation().of("resume " + run() + " " + option);
  }

  /** Whether only the reports remain to be written. */
  boolean isEveryRowEnded() {
    return prepared.rowsEnded() == rows();
  }

  /** The rows that share an account with another row, as far as known. */
  Duplicates duplicates() {
    return Duplicates.of(
        store.duplicateRows().of(run()).stream()
            .map(row -> new Duplicates.Entry(row.key(), row.row(), row.line()))
            .toList());
  }

  /** Collects warnings about rows. */
  RowMessages rowMessages() {
    return new RowMessages(listener::warning, listener.wantsEachRow(), listener.fileOfLines());
  }

  /**
   * Tells the user that a workspace has stopped while others go on. Of a run that was asked to
   * stop, nothing is told, because all its workspaces stop.
   */
  void tellStopped(OpenWorkspace workspace) {
    boolean othersGoOn =
        workspaces.stream()
            .filter(other -> !other.isStopped())
            .anyMatch(other -> progress.rows(other.name()) != progress.done(other.name()));
    if (othersGoOn && workspace.isToldFirst()) {
      listener.workspaceStopped(workspace.name(), String.valueOf(RunEnd.of(workspace).stopped()));
    }
  }

  /** Stops taking new rows. Calls in flight end normally. */
  void stop(Stop stop) {
    stopper.accept(stop);
  }

  /**
   * Refuses the run before anything is sent if rows have a problem and {@code --strict} is set.
   *
   * @param count number of rows with the problem
   * @param one the problem, as a predicate of one row, such as "is invalid"
   * @param many the predicate of several rows
   */
  void refuseIfStrict(long count, String one, String many) {
    if (settings.strict() && count > 0) {
      throw new RunRefusedException(
          "%s of %s %s and --strict is set: nothing was sent"
              .formatted(Amount.of(count), Amount.of(rows(), "row"), count == 1 ? one : many));
    }
  }

  /** Refuses the run if rows set texts with warnings and {@code --strict} is set. */
  void refuseIfStrict(TextCheck texts) {
    refuseIfStrict(texts.rows(), "sets texts with warnings", "set texts with warnings");
  }

  /** Records how many calls this process and earlier processes have made. */
  void keepCalls() {
    keepCalls(totals());
  }

  private void keepCalls(ClientStatistics totals) {
    store.runs().setCalls(run(), totals.calls(), totals.rateLimited());
  }

  /** Records how far {@code results.csv} has been written. */
  void keepWritten(WrittenLines written) {
    ClientStatistics totals = totals();
    journal.written(
        written, clock.instant(), totals.calls(), totals.rateLimited(), totals.waitedByCause());
    keepCalls(totals);
  }

  /** What the calls of all processes of the run were like. */
  ClientStatistics totals() {
    RunRecord run = prepared.run();
    return workspaces.stream()
        .map(OpenWorkspace::statistics)
        .reduce(
            new ClientStatistics(run.calls(), run.rateLimited(), run.waitedByCause()),
            ClientStatistics::plus);
  }
}
