package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the summary of a run from its record. */
public final class RunSummaries {

  private RunSummaries() {}

  /**
   * The summary of a run in the history.
   *
   * @param status the status to show
   */
  public static RunSummary of(StateStore store, RunRecord run, String status) {
    // A run of one workspace needs no second count.
    Map<String, Map<RowStatus, Long>> byWorkspace =
        run.spec().workspaces().size() == 1 ? Map.of() : store.rowCounts().byWorkspace(run.id());
    RunSummary summary =
        of(
            store,
            run,
            status,
            store.rowCounts().of(run.id()),
            workspace -> byWorkspace.getOrDefault(workspace, Map.of()));
    summary.files().values().removeIf(path -> !Files.exists(path));
    return summary;
  }

  /**
   * The summary of a run.
   *
   * @param rowsByStatus the number of ended rows
   * @param rowsByStatusOf the same for a workspace, given its name; asked only if the run has
   *     several
   */
  public static RunSummary of(
      StateStore store,
      RunRecord run,
      String status,
      Map<RowStatus, Long> rowsByStatus,
      Function<String, Map<RowStatus, Long>> rowsByStatusOf) {
    RunFiles runFiles = RunFiles.of(store, run);
    Map<String, Path> files = new LinkedHashMap<>();
    files.put(run.spec().isPlan() ? "plan" : "results", runFiles.results());
    files.put("failed", runFiles.failed());
    files.put("before", runFiles.before());
    files.put("summary", runFiles.summary());
    // The summary does not exist yet, because it is about to be written.
    files.values().removeIf(path -> !path.equals(runFiles.summary()) && !Files.exists(path));
    Instant ended = run.endedAt();
    return new RunSummary(
        run.id(),
        run.spec().commandShown(),
        run.spec().inputName(),
        run.spec().target(),
        status,
        run.exitCode(),
        run.stopped(),
        run.rows(),
        rowsByStatus,
        run.calls(),
        run.rateLimited(),
        run.waitedByCause(),
        run.canary(),
        run.startedAt(),
        ended,
        files,
        workspaces(store, run, rowsByStatus, rowsByStatusOf));
  }

  /**
   * Whether guards are all that stopped a run, so that a resume without other guards is of no use.
   */
  public static boolean isStoppedByGuards(RunSummary summary) {
    return Integer.valueOf(ExitCode.GUARD.code()).equals(summary.exitCode())
        && summary.workspaces().stream()
            .map(RunSummary.Workspace::exitCode)
            .allMatch(code -> code == null || code == ExitCode.GUARD.code());
  }

  /** Whether the last worker could not execute the run with its keys. */
  public static boolean isLeftToOthers(RunRecord run) {
    return run.status() == RunStatus.STOPPED
        && Integer.valueOf(ExitCode.LEFT_TO_OTHERS.code()).equals(run.exitCode());
  }

  private static List<RunSummary.Workspace> workspaces(
      StateStore store,
      RunRecord run,
      Map<RowStatus, Long> rowsByStatus,
      Function<String, Map<RowStatus, Long>> rowsByStatusOf) {
    List<RunSpec.Workspace> all = run.spec().workspaces();
    List<WorkspaceTotals> totals = store.runs().workspaces(run.id());
    List<RunSummary.Workspace> workspaces = new ArrayList<>();
    for (int place = 0; place < all.size(); place++) {
      WorkspaceTotals of = totals.get(place);
      String name = all.get(place).name();
      workspaces.add(
          new RunSummary.Workspace(
              name,
              all.get(place).target(),
              of.rows(),
              all.size() == 1 ? rowsByStatus : rowsByStatusOf.apply(name),
              of.calls(),
              of.rateLimited(),
              of.waitedByCause(),
              of.canary(),
              of.exitCode(),
              of.stopped()));
    }
    return workspaces;
  }
}
