package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The totals of a run, over all processes that worked on it.
 *
 * @param status the status of the run
 * @param stopped why the run ended before its last row; null if it did not
 * @param rows in the input; null if the input was refused before its rows were counted
 * @param rowsByStatus the number of rows by status; statuses without rows are left out
 * @param calls the number of calls sent to the API
 * @param rateLimited how many calls were rate-limited (429)
 * @param waitedByCause how long the run waited for each limit
 * @param files the paths of the files that were written, by name
 * @param canary rows that were sent first, read back and found right; 0 for none
 * @param workspaces the totals of each workspace, at least one
 */
public record RunSummary(
    int run,
    String command,
    String input,
    String target,
    String status,
    @Nullable Integer exitCode,
    @Nullable String stopped,
    @Nullable Long rows,
    Map<RowStatus, Long> rowsByStatus,
    long calls,
    long rateLimited,
    Map<String, Duration> waitedByCause,
    int canary,
    Instant startedAt,
    @Nullable Instant endedAt,
    Map<String, Path> files,
    List<Workspace> workspaces) {

  /**
   * The totals of a run in one workspace.
   *
   * @param rows that are for the workspace; null if they were not counted
   * @param exitCode why the last process left rows of the workspace open; null if it did not
   * @param stopped the same in words; null if it did not
   */
  public record Workspace(
      String name,
      String target,
      @Nullable Long rows,
      Map<RowStatus, Long> rowsByStatus,
      long calls,
      long rateLimited,
      Map<String, Duration> waitedByCause,
      int canary,
      @Nullable Integer exitCode,
      @Nullable String stopped) {

    /** How many rows have no outcome yet. */
    public long rowsOpen() {
      return open(rows, rowsByStatus);
    }

    /** Whether rows are invalid, failed, uncertain or open, or the workspace has stopped. */
    public boolean needsAttention() {
      return stopped != null
          || rowsOpen() > 0
          || rowsByStatus.keySet().stream().anyMatch(RowStatus::needsAttention);
    }

    private Map<String, Object> fields() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("target", target);
      json.put("rows", rows);
      json.put("counts", counts(rowsByStatus, rowsOpen()));
      json.put("calls", calls);
      json.put("rate_limited", rateLimited);
      json.put("waited_seconds", seconds(waitedByCause));
      json.put("canary_rows", canary);
      json.put("exit_code", exitCode);
      json.put("stopped", stopped);
      return json;
    }
  }

  /** Whether the run has several workspaces. */
  public boolean hasSeveralWorkspaces() {
    return workspaces.size() > 1;
  }

  /** How many rows have no outcome yet. */
  public long rowsOpen() {
    return open(rows, rowsByStatus);
  }

  private static long open(@Nullable Long rows, Map<RowStatus, Long> rowsByStatus) {
    long ended = rowsByStatus.values().stream().mapToLong(Long::longValue).sum();
    return rows == null ? 0 : rows - ended;
  }

  private static Map<String, Long> counts(Map<RowStatus, Long> rowsByStatus, long open) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (RowStatus rowStatus : RowStatus.values()) {
      counts.put(rowStatus.toString(), rowsByStatus.getOrDefault(rowStatus, 0L));
    }
    counts.put("open", open);
    return counts;
  }

  private static Map<String, Double> seconds(Map<String, Duration> waitedByCause) {
    Map<String, Double> waited = new LinkedHashMap<>();
    waitedByCause.forEach((cause, time) -> waited.put(cause, time.toMillis() / 1000.0));
    return waited;
  }

  /** The time from the first start to the last end; zero if no process ended in order. */
  public Duration time() {
    return endedAt == null ? Duration.ZERO : Duration.between(startedAt, endedAt);
  }

  /** The fields of the JSON object, in their order. */
  public Map<String, Object> fields() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run);
    json.put("command", command);
    json.put("input", input);
    json.put("target", target);
    if (!hasSeveralWorkspaces() && !workspaces.get(0).name().equals(WorkspaceNames.DEFAULT)) {
      json.put("workspace", workspaces.get(0).name());
    }
    json.put("status", status);
    json.put("exit_code", exitCode);
    json.put("stopped", stopped);
    json.put("rows", rows);
    json.put("counts", counts(rowsByStatus, rowsOpen()));
    json.put("calls", calls);
    json.put("rate_limited", rateLimited);
    json.put("waited_seconds", seconds(waitedByCause));
    json.put("canary_rows", canary);
    if (hasSeveralWorkspaces()) {
      json.put("workspaces", workspaces.stream().map(Workspace::fields).toList());
    }
    json.put("started_at", startedAt.toString());
    json.put("ended_at", endedAt == null ? null : endedAt.toString());
    json.put("seconds", endedAt == null ? null : time().toMillis() / 1000.0);
    Map<String, String> paths = new LinkedHashMap<>();
    files.forEach((name, path) -> paths.put(name, path.toString()));
    json.put("files", paths);
    return json;
  }

  /** One JSON object, indented. */
  public String toJson() {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(fields());
  }

  /** Writes the file. Replaces it as a whole, so that a reader never finds half of it. */
  public void writeTo(Path path) throws IOException {
    PrivateFiles.replace(path, toJson() + System.lineSeparator());
  }
}
