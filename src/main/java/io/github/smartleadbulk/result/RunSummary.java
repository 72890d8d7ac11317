package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
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
    Map<String, Path> files) {

  /** How many rows have no outcome yet. */
  public long rowsOpen() {
    long ended = rowsByStatus.values().stream().mapToLong(Long::longValue).sum();
    return rows == null ? 0 : rows - ended;
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
    json.put("status", status);
    json.put("exit_code", exitCode);
    json.put("stopped", stopped);
    json.put("rows", rows);
    Map<String, Long> counts = new LinkedHashMap<>();
    for (RowStatus rowStatus : RowStatus.values()) {
      counts.put(rowStatus.toString(), rowsByStatus.getOrDefault(rowStatus, 0L));
    }
    counts.put("open", rowsOpen());
    json.put("counts", counts);
    json.put("calls", calls);
    json.put("rate_limited", rateLimited);
    Map<String, Double> waited = new LinkedHashMap<>();
    waitedByCause.forEach((cause, time) -> waited.put(cause, time.toMillis() / 1000.0));
    json.put("waited_seconds", waited);
    json.put("canary_rows", canary);
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
