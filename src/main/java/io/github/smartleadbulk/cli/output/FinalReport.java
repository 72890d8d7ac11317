package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.history.Reasons;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.state.StateStore;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The final report of a run, for people. */
public final class FinalReport {

  /** How many reasons the report tells. The files have all rows. */
  private static final int SHOWN = 10;

  private FinalReport() {}

  /**
   * Makes the report.
   *
   * @param shown the statuses of rows whose reasons are told
   * @param file the file that line numbers refer to; empty if that is clear
   */
  public static String of(RunSummary summary, StateStore store, Set<RowStatus> shown, String file) {
    StringBuilder page = new StringBuilder();
    line(
        page,
        "Run %d %s: %s against %s",
        summary.run(),
        summary.status(),
        summary.input(),
        CalledApis.of(summary.workspaces().stream().map(RunSummary.Workspace::target).toList()));
    line(page, "");
    summary.rowsByStatus().forEach((status, rows) -> line(page, "  %-10s %,12d", status, rows));
    if (summary.rowsOpen() > 0) {
      line(page, "  %-10s %,12d", "open", summary.rowsOpen());
    }
    if (summary.rows() != null) {
      line(page, "  %-10s %,12d", "rows", summary.rows());
    }
    line(page, "");
    if (summary.hasSeveralWorkspaces()) {
      WorkspaceLines.of(summary.workspaces()).forEach(workspace -> line(page, "  %s", workspace));
      line(page, "");
    }
    problems(page, summary, Reasons.of(store.outcomes(), summary.run(), shown), file);
    if (summary.rowsByStatus().containsKey(RowStatus.KEPT)) {
      problems(
          page, summary, Reasons.of(store.outcomes(), summary.run(), Set.of(RowStatus.KEPT)), file);
    }
    line(
        page,
        "  %s%s%s",
        Amount.of(summary.calls(), "call"),
        summary.endedAt() == null ? "" : " in " + Durations.shown(summary.time()),
        summary.rateLimited() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %,d of them rate-limited (429)", summary.rateLimited()));
    if (summary.canary() > 0) {
      line(
          page,
          "  %-10s %s",
          "canary",
          Amount.of(summary.canary(), "row") + " sent first, read back and found right");
    }
    summary.files().forEach((name, path) -> line(page, "  %-10s %s", name, path));
    return page.toString();
  }

  private static void problems(
      StringBuilder page, RunSummary summary, Reasons reasons, String file) {
    if (reasons.rows() == 0) {
      return;
    }
    if (!file.isEmpty()) {
      line(page, "  Line numbers refer to %s", file);
    }
    List<Reasons.Reason> told = reasons.mostFrequent(SHOWN);
    told.forEach(reason -> line(page, "  %s", told(summary, reason)));
    long others = reasons.rows() - told.stream().mapToLong(Reasons.Reason::rows).sum();
    if (others > 0) {
      line(
          page,
          "  and %s for other reasons. The files below have all rows.",
          Amount.of(others, "row"));
    }
    line(page, "");
  }

  private static String told(RunSummary summary, Reasons.Reason reason) {
    RowOutcome first = reason.first();
    String row =
        "line "
            + first.line()
            + (first.accountId() == null ? "" : ", account " + first.accountId())
            + (summary.hasSeveralWorkspaces() ? " in workspace " + first.workspace() : "");
    if (reason.rows() == 1) {
      return row + ": " + first.status() + ": " + first.message();
    }
    String count = Amount.of(reason.rows(), "row") + " " + first.status();
    return reason.differs()
        ? count + ", such as " + row + ": " + first.message()
        : count + ": " + first.message() + " (first: " + row + ")";
  }

  private static void line(StringBuilder page, String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
  }
}
