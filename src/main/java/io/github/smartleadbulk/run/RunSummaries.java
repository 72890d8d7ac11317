package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the summary of a run from its record. */
public final class RunSummaries {

  private RunSummaries() {}

  /**
   * The summary of a run in the history.
   *
   * @param status the status to show
   */
  public static RunSummary of(StateStore store, RunRecord run, String status) {
    RunSummary summary = of(store, run, status, store.rowCounts().of(run.id()));
    summary.files().values().removeIf(path -> !Files.exists(path));
    return summary;
  }

  public static RunSummary of(
      StateStore store, RunRecord run, String status, Map<RowStatus, Long> rowsByStatus) {
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
        files);
  }
}
