package io.github.smartleadbulk.metrics;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.WorkspaceShare;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The metrics of the last run of each command. They come from the history, so that each file is
 * whole, whichever command writes it.
 */
final class RunMetrics {

  private static final String PREFIX = "smartlead_bulk_";
  private static final String COMMAND = "command";
  private static final String WORKSPACE = "workspace";

  /** The gauges in the order of the file. */
  private enum Gauge {
    LAST_SUCCESS_TIMESTAMP_SECONDS("When every row of the newest successful run was done."),
    LAST_RUN_START_TIMESTAMP_SECONDS("When the last run started."),
    LAST_RUN_SUCCESS("Whether every row of the last run is done, by itself or by a retry."),
    LAST_RUN_UNFINISHED("Whether the last run was stopped or killed and can be resumed."),
    LAST_RUN_EXIT_CODE("Exit code of the last process that worked on the last run."),
    LAST_RUN_DURATION_SECONDS("Time from the first start of the last run to its last end."),
    LAST_RUN_ROWS("Rows of the last run by status; open rows have no status yet."),
    LAST_RUN_CALLS("Calls that the last run sent to the API."),
    LAST_RUN_RATE_LIMITED_CALLS("Calls of the last run that were answered with 429."),
    LAST_RUN_WAITED_SECONDS("Time that the last run waited, by rate-limit window or other cause."),
    LAST_RUN_WORKSPACE_ROWS("Rows of the last run by workspace and status, without open rows."),
    LAST_RUN_WORKSPACE_CALLS("Calls that the last run sent to the API, by workspace."),
    LAST_RUN_WORKSPACE_RATE_LIMITED_CALLS(
        "Calls of the last run that were answered with 429, by workspace."),
    LAST_RUN_WORKSPACE_STOPPED("Whether the last run left rows of the workspace open.");

    private final String help;

    Gauge(String help) {
      this.help = help;
    }

    GaugeSnapshot.Builder builder() {
      return GaugeSnapshot.builder().name(PREFIX + name().toLowerCase(Locale.ROOT)).help(help);
    }
  }

  private final Map<Gauge, GaugeSnapshot.Builder> gauges = new EnumMap<>(Gauge.class);

  private RunMetrics() {
    for (Gauge gauge : Gauge.values()) {
      gauges.put(gauge, gauge.builder());
    }
  }

  /** The metrics in Prometheus' text format. */
  static String text(RecordedRuns runs, Function<RunRecord, List<WorkspaceShare>> workspaces) {
    RunMetrics metrics = new RunMetrics();
    Map<String, RunRecord> lastByCommand = new TreeMap<>();
    Map<String, Instant> successByCommand = new TreeMap<>();
    for (RunRecord run : runs.reliedOn()) {
      if (!run.spec().isPlan()) {
        String command = run.spec().command();
        lastByCommand.put(command, run);
        runs.succeededAt(run).ifPresent(at -> successByCommand.put(command, at));
      }
    }
    successByCommand.forEach(
        (command, at) ->
            metrics.add(Gauge.LAST_SUCCESS_TIMESTAMP_SECONDS, seconds(at), COMMAND, command));
    lastByCommand.forEach(
        (command, run) -> {
          metrics.add(runs, command, run);
          workspaces.apply(run).forEach(share -> metrics.add(command, share));
        });
    return metrics.text();
  }

  private void add(RecordedRuns runs, String command, RunRecord run) {
    add(Gauge.LAST_RUN_START_TIMESTAMP_SECONDS, seconds(run.startedAt()), COMMAND, command);
    add(Gauge.LAST_RUN_SUCCESS, runs.isSuccess(run) ? 1 : 0, COMMAND, command);
    add(Gauge.LAST_RUN_UNFINISHED, runs.isUnfinished(run) ? 1 : 0, COMMAND, command);
    if (run.exitCode() != null) {
      add(Gauge.LAST_RUN_EXIT_CODE, run.exitCode(), COMMAND, command);
    }
    Optional.ofNullable(run.duration())
        .ifPresent(
            time -> add(Gauge.LAST_RUN_DURATION_SECONDS, time.toMillis() / 1e3, COMMAND, command));
    for (RowStatus status : RowStatus.values()) {
      add(
          Gauge.LAST_RUN_ROWS,
          runs.rows(run).getOrDefault(status, 0L),
          COMMAND,
          command,
          "status",
          status.toString());
    }
    add(Gauge.LAST_RUN_ROWS, runs.rowsOpen(run), COMMAND, command, "status", "open");
    add(Gauge.LAST_RUN_CALLS, run.calls(), COMMAND, command);
    add(Gauge.LAST_RUN_RATE_LIMITED_CALLS, run.rateLimited(), COMMAND, command);
    run.waitedByCause()
        .forEach(
            (cause, time) ->
                add(
                    Gauge.LAST_RUN_WAITED_SECONDS,
                    time.toMillis() / 1e3,
                    COMMAND,
                    command,
                    "window",
                    cause));
  }

  /** Under names of their own, so that the sum over a total's labels counts nothing twice. */
  private void add(String command, WorkspaceShare share) {
    String[] labels = {COMMAND, command, WORKSPACE, share.workspace()};
    for (RowStatus status : RowStatus.values()) {
      add(
          Gauge.LAST_RUN_WORKSPACE_ROWS,
          share.rowsByStatus().getOrDefault(status, 0L),
          COMMAND,
          command,
          WORKSPACE,
          share.workspace(),
          "status",
          status.toString());
    }
    WorkspaceTotals totals = share.totals();
    add(Gauge.LAST_RUN_WORKSPACE_CALLS, totals.calls(), labels);
    add(Gauge.LAST_RUN_WORKSPACE_RATE_LIMITED_CALLS, totals.rateLimited(), labels);
    add(Gauge.LAST_RUN_WORKSPACE_STOPPED, totals.exitCode() == null ? 0 : 1, labels);
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1e3;
  }

  private void add(Gauge gauge, Number value, String... labels) {
    gauges.computeIfPresent(
        gauge,
        (same, builder) ->
            builder.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .value(value.doubleValue())
                    .labels(Labels.of(labels))
                    .build()));
  }

  private String text() {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    gauges.values().forEach(gauge -> snapshots.metricSnapshot(gauge.build()));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, snapshots.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
