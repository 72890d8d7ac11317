package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.RunResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan for people: the totals, then the changes, at most a screen unless all are wanted. */
public final class PlanText implements RunReport {

  private final PrintStream out;
  private final boolean quiet;
  private final boolean hasSeveralWorkspaces;
  private final String next;
  private final PlannedLines lines;

  /**
   * @param quiet whether to print nothing if the exit code is 0, and no changes otherwise
   * @param all whether to print every change
   * @param hasSeveralWorkspaces whether to name the workspace of each account
   * @param next how to make the changes, with a command to paste; empty for nothing
   */
  public PlanText(
      PrintStream out, boolean quiet, boolean all, boolean hasSeveralWorkspaces, String next) {
    this.out = out;
    this.quiet = quiet;
    this.hasSeveralWorkspaces = hasSeveralWorkspaces;
    this.next = next;
    this.lines = all && !quiet ? new PlannedLines.All() : new PlannedLines.Grouped();
  }

  @Override
  public void planned(InputRow row, long accountId, @Nullable String fromEmail, Changes changes) {
    if (!quiet) {
      lines.add(place(row.row().line(), accountId, row.workspace(), fromEmail), changes);
    }
  }

  @Override
  public void wouldFail(RowOutcome outcome) {
    lines.add(outcome.status(), place(outcome) + ": cannot be sent: " + outcome.message());
  }

  @Override
  public void wouldKeep(RowOutcome outcome) {
    if (!quiet) {
      lines.add(outcome.status(), place(outcome) + ": kept: " + outcome.message());
    }
  }

  private String place(RowOutcome outcome) {
    return place(outcome.line(), outcome.accountId(), outcome.workspace(), null);
  }

  private String place(
      long line, @Nullable Long accountId, String workspace, @Nullable String fromEmail) {
    return "line "
        + line
        + (accountId == null ? "" : ", account " + accountId)
        + (hasSeveralWorkspaces ? " in workspace " + workspace : "")
        + (fromEmail == null ? "" : " (" + fromEmail + ")");
  }

  @Override
  public void end(RunResult result) {
    if (quiet && result.exitCode() == ExitCode.OK) {
      return;
    }
    RunSummary summary = result.summary();
    out.printf(
        "Plan %d %s: %s against %s%n%n",
        summary.run(),
        summary.status(),
        summary.input(),
        CalledApis.of(summary.workspaces().stream().map(RunSummary.Workspace::target).toList()));
    PlanTotals totals = result.plan();
    if (totals != null) {
      print(totals);
      lines.printTo(out);
      if (totals.calls() > 0 && !next.isEmpty()) {
        out.println("  " + next);
      }
    }
    summary.files().forEach((name, path) -> out.printf("  %-10s %s%n", name, path));
    out.flush();
  }

  private void print(PlanTotals totals) {
    out.printf(Locale.ROOT, "  %-10s %,12d%n", "to change", totals.calls());
    totals
        .otherRowsByStatus()
        .forEach((status, rows) -> out.printf(Locale.ROOT, "  %-10s %,12d%n", status, rows));
    out.printf(Locale.ROOT, "  %-10s %,12d%n%n", "rows", totals.rows());
    if (!totals.workspaces().isEmpty()) {
      WorkspaceLines.ofPlan(totals.workspaces()).forEach(line -> out.printf("  %s%n", line));
      out.println();
    }
    totals
        .changesByField()
        .forEach(
            (field, accounts) ->
                out.printf(
                    "  %-20s changes in %s%n", field.apiName(), Amount.of(accounts, "account")));
    if (totals.calls() > 0) {
      Duration time = Duration.between(totals.begins(), totals.ends());
      out.printf(
          Locale.ROOT,
          "%n  %s, at least %s within the limits: if you start now, finished at %s%n%n",
          Amount.of(totals.calls(), "call"),
          Durations.shown(time),
          ZonedTimes.toTheSecond(totals.ends()));
    }
  }
}
