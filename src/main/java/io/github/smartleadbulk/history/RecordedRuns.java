package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.run.ComparedRun;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.run.RunTerms;
import io.github.smartleadbulk.state.RowCounts;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** All runs of a state folder, read once: a history of thousands of runs takes a few queries. */
public final class RecordedRuns {

  private final Map<Integer, RunRecord> runsByNumber = new TreeMap<>();
  private final Map<Integer, Map<RowStatus, Long>> rowsByStatusByRun;
  private final Map<Integer, List<RunRecord>> followUpsByRun = new HashMap<>();
  private final IntPredicate atWork;
  private final IntPredicate queued;

  private RecordedRuns(
      List<RunRecord> runs,
      Map<Integer, Map<RowStatus, Long>> rowsByStatusByRun,
      IntPredicate atWork,
      IntPredicate queued) {
    this.rowsByStatusByRun = rowsByStatusByRun;
    this.atWork = atWork;
    this.queued = queued;
    for (RunRecord run : runs) {
      runsByNumber.put(run.id(), run);
      if (run.spec().origin() != null) {
        followUpsByRun.computeIfAbsent(run.spec().origin(), origin -> new ArrayList<>()).add(run);
      }
    }
  }

  /**
   * Reads the history.
   *
   * @param store opened to read, or by a process that works on no run
   */
  public static RecordedRuns of(StateStore store) {
    return new RecordedRuns(
        store.runs().all(), store.rowCounts().ofAll(), store::isAtWork, store::isQueued);
  }

  /** The history of a folder that has no runs yet. */
  public static RecordedRuns none() {
    return new RecordedRuns(List.of(), Map.of(), run -> false, run -> false);
  }

  /** All runs, the newest last. */
  public List<RunRecord> runs() {
    return List.copyOf(runsByNumber.values());
  }

  /**
   * The runs that count when somebody asks whether all is well, the newest last. Abandoned runs
   * were given up for a later one. Runs against the embedded sandbox count only until there is one
   * against an API: a rehearsal must not hide that the night did not run.
   */
  public List<RunRecord> reliedOn() {
    boolean areReal = runsByNumber.values().stream().anyMatch(run -> !run.spec().isRehearsal());
    return runsByNumber.values().stream()
        .filter(run -> run.status() != RunStatus.ABANDONED)
        .filter(run -> !areReal || !run.spec().isRehearsal())
        .toList();
  }

  public Optional<RunRecord> find(int run) {
    return Optional.ofNullable(runsByNumber.get(run));
  }

  /** The runs that retried or restored rows of a run, or applied it, the newest last. */
  public List<RunRecord> followUps(RunRecord run) {
    return followUpsByRun.getOrDefault(run.id(), List.of());
  }

  /** The number of rows by status. Statuses without rows are left out. */
  public Map<RowStatus, Long> rows(RunRecord run) {
    return rowsByStatusByRun.getOrDefault(run.id(), Map.of());
  }

  /** How many rows a retry would send again. */
  long rowsToRetry(RunRecord run) {
    Map<RowStatus, Long> rows = rows(run);
    return rows.getOrDefault(RowStatus.FAILED, 0L) + rows.getOrDefault(RowStatus.UNCERTAIN, 0L);
  }

  /** How many rows have no outcome yet. */
  public long rowsOpen(RunRecord run) {
    return run.rows() == null || run.spec().isPlan()
        ? 0
        : Math.max(0, run.rows() - RowCounts.sum(rows(run)));
  }

  /**
   * The status of a run; {@code killed} instead of {@code running} if nobody works on it, and
   * {@code queued} if a worker will.
   */
  public String status(RunRecord run) {
    return isQueued(run) ? "queued" : isKilled(run) ? "killed" : run.status().toString();
  }

  /** Whether a process works on the run now, or a worker will. */
  public boolean isOnItsWay(RunRecord run) {
    return isInProgress(run) || isQueued(run);
  }

  /** Whether the run waits for a worker. */
  private boolean isQueued(RunRecord run) {
    return run.status().isResumable() && !isInProgress(run) && queued.test(run.id());
  }

  /** Whether the run waits for a worker, and the last one did not have what it needs. */
  public boolean waitsForAnotherWorker(RunRecord run) {
    return isQueued(run) && RunSummaries.isLeftToOthers(run);
  }

  /** Whether a process works on the run now. */
  public boolean isInProgress(RunRecord run) {
    return run.status() == RunStatus.RUNNING && atWork.test(run.id());
  }

  private boolean isKilled(RunRecord run) {
    return run.status() == RunStatus.RUNNING && !atWork.test(run.id());
  }

  /**
   * Whether a guard stopped the run. The reason names the command that passes the guard; resumed as
   * it is, the run would stop again.
   */
  static boolean isStoppedByGuard(RunRecord run) {
    return run.stopped() != null && Integer.valueOf(ExitCode.GUARD.code()).equals(run.exitCode());
  }

  /** Whether the run ended before its last row and can be resumed. */
  public boolean isUnfinished(RunRecord run) {
    return run.status().isResumable() && !isOnItsWay(run);
  }

  /** Whether {@link #succeededAt} is known. */
  public boolean isSuccess(RunRecord run) {
    return succeededAt(run).isPresent();
  }

  /**
   * When every row of a run was done: by the run itself, or by a run that retried all rows that it
   * left. Invalid rows cannot be retried.
   *
   * @return empty if rows are left
   */
  public Optional<Instant> succeededAt(RunRecord run) {
    if (run.status() != RunStatus.FINISHED || run.exitCode() == null) {
      return Optional.empty();
    }
    if (run.exitCode() == ExitCode.OK.code()) {
      return Optional.ofNullable(run.endedAt());
    }
    long toRetry = rowsToRetry(run);
    if (rows(run).containsKey(RowStatus.INVALID)) {
      return Optional.empty();
    }
    return followUps(run).stream()
        .filter(later -> later.spec().command().equals("retry"))
        .filter(later -> Long.valueOf(toRetry).equals(later.rows()))
        .flatMap(later -> succeededAt(later).stream())
        .findFirst();
  }

  /**
   * Says why an unfinished run is out of date.
   *
   * @return empty if it is not, is not unfinished, or if that cannot be found out because the copy
   *     of its input is missing
   */
  public Optional<String> superseded(StateStore store, RunRecord run) {
    if (!isUnfinished(run)) {
      return Optional.empty();
    }
    try {
      return new RunPreparation(
              store, Clock.systemUTC(), RunTerms.unguarded(null, new Invocation("", "")))
          .superseded(run);
    } catch (IOException | InputException e) {
      // Whoever resumes the run is told.
      return Optional.empty();
    }
  }

  /** What a run was: {@code ramp --dry-run}, {@code rollback of run 2}, {@code update}. */
  public static String title(RunRecord run) {
    RunSpec spec = run.spec();
    String command = spec.commandShown();
    if (spec.origin() == null) {
      return command;
    }
    ComparedRun compared = RunOptions.comparedRunOf(spec.options());
    boolean appliesPlan = compared != null && compared.kind() == ComparedRun.Kind.PLAN;
    return command
        + (appliesPlan && spec.command().equals("update") ? " --plan " : " of run ")
        + spec.origin();
  }

  /** The duration in seconds, for programs; null if the run has not ended. */
  static @Nullable Double seconds(RunRecord run) {
    Duration duration = run.duration();
    return duration == null ? null : duration.toMillis() / 1000.0;
  }
}
