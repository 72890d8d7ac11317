package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.run.StoredGuards;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list, for programs.
 *
 * @param title what the run was, such as {@code rollback of run 2}
 * @param workspaces the names of the workspaces that rows are for
 * @param status the run status, or {@code killed}
 * @param counts the number of rows by status, and of rows without a status as {@code open}
 * @param seconds from the first start to the last end; null if the run has not ended
 * @param stopped why the run ended before its last row; null if it did not
 * @param origin the run whose rows this run retried, restored or applied; null for none
 * @param guards value by name of option
 */
public record RunEntry(
    int run,
    String command,
    String title,
    String input,
    String target,
    List<String> workspaces,
    String status,
    @Nullable Integer exitCode,
    @Nullable Long rows,
    Map<String, Long> counts,
    long calls,
    long rateLimited,
    @Nullable String stopped,
    @Nullable Integer origin,
    Map<String, String> guards,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double seconds) {

  public static RunEntry of(RecordedRuns history, RunRecord run) {
    return new RunEntry(
        run.id(),
        run.spec().command(),
        RecordedRuns.title(run),
        run.spec().inputName(),
        run.spec().target(),
        run.spec().workspaces().stream().map(RunSpec.Workspace::name).toList(),
        history.status(run),
        run.exitCode(),
        run.rows(),
        counts(history, run),
        run.calls(),
        run.rateLimited(),
        run.stopped(),
        run.spec().origin(),
        StoredGuards.among(run.spec().options()).valueByOption(),
        run.startedAt(),
        run.endedAt(),
        RecordedRuns.seconds(run));
  }

  static Map<String, Long> counts(RecordedRuns history, RunRecord run) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (RowStatus status : RowStatus.values()) {
      counts.put(status.toString(), history.rows(run).getOrDefault(status, 0L));
    }
    counts.put("open", history.rowsOpen(run));
    return counts;
  }
}
