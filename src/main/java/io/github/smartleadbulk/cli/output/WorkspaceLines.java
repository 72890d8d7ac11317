package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.PlanTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The workspaces of a run, a line for each. Of many workspaces, a report shows only those that
 * somebody must see.
 */
final class WorkspaceLines {

  /** How many workspaces to show. The JSON has all. */
  private static final int SHOWN = 10;

  private WorkspaceLines() {}

  /** The lines of a report on a run of several workspaces. */
  static List<String> of(List<RunSummary.Workspace> workspaces) {
    List<RunSummary.Workspace> chosen =
        workspaces.size() <= SHOWN
            ? workspaces
            : workspaces.stream()
                .filter(RunSummary.Workspace::needsAttention)
                // The sort is stable, so the others stay in the order of the run.
                .sorted(Comparator.comparing(workspace -> workspace.stopped() == null))
                .toList();
    List<String> lines = new ArrayList<>();
    lines.add(totals(workspaces));
    chosen.stream().limit(SHOWN).map(WorkspaceLines::line).forEach(lines::add);
    if (chosen.size() > SHOWN) {
      lines.add(
          "and %s that need attention: summary.json has all"
              .formatted(Amount.of(chosen.size() - SHOWN, "more workspace")));
    }
    return lines;
  }

  private static String totals(List<RunSummary.Workspace> workspaces) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (RunSummary.Workspace workspace : workspaces) {
      String kind =
          workspace.stopped() != null
              ? "stopped"
              : workspace.needsAttention() ? "with rows that need attention" : "done";
      counts.merge(kind, 1L, Long::sum);
    }
    return Amount.of(workspaces.size(), "workspace") + ": " + Amount.each(counts);
  }

  private static String line(RunSummary.Workspace workspace) {
    Map<Object, Long> counts = new LinkedHashMap<>(workspace.rowsByStatus());
    if (workspace.rowsOpen() > 0) {
      counts.put("open", workspace.rowsOpen());
    }
    StringBuilder line = new StringBuilder();
    line.append(name(workspace.name()));
    line.append(counts.isEmpty() ? "no rows" : Amount.each(counts));
    line.append("; ").append(Amount.of(workspace.calls(), "call"));
    if (workspace.rateLimited() > 0) {
      line.append(
          String.format(Locale.ROOT, ", %,d of them rate-limited (429)", workspace.rateLimited()));
    }
    workspace
        .waitedByCause()
        .forEach(
            (cause, time) ->
                line.append("; waited ").append(Durations.shown(time)).append(" for " + cause));
    if (workspace.canary() > 0) {
      line.append("; canary of ").append(Amount.of(workspace.canary(), "row")).append(" passed");
    }
    if (workspace.stopped() != null) {
      // The reason may hold an answer of a server, and it must not look like several lines.
      line.append("; stopped: ")
          .append(Cells.printable(workspace.stopped()).replaceAll("\\s+", " "));
    }
    return line.toString();
  }

  /** The lines of a plan for several workspaces: those with the most changes, if there are many. */
  static List<String> ofPlan(List<PlanTotals.Workspace> workspaces) {
    List<PlanTotals.Workspace> chosen =
        workspaces.size() <= SHOWN
            ? workspaces
            : workspaces.stream()
                .sorted(Comparator.comparingLong((PlanTotals.Workspace w) -> -w.calls()))
                .limit(SHOWN)
                .toList();
    List<String> lines = new ArrayList<>();
    for (PlanTotals.Workspace workspace : chosen) {
      Map<Object, Long> counts = new LinkedHashMap<>();
      counts.put("to change", workspace.calls());
      counts.putAll(new LinkedHashMap<RowStatus, Long>(workspace.otherRowsByStatus()));
      lines.add(name(workspace.name()) + Amount.each(counts));
    }
    if (workspaces.size() > SHOWN) {
      lines.add(
          "and %s: --json prints all"
              .formatted(Amount.of(workspaces.size() - SHOWN, "more workspace")));
    }
    return lines;
  }

  private static String name(String workspace) {
    return String.format(Locale.ROOT, "%-10s ", workspace);
  }
}
