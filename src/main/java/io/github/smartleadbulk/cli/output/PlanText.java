package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.plan.Difference;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.RunResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan for people: a line for each change, then the totals.
 *
 * @param next how to make the changes, with a command to paste; empty for nothing
 */
public record PlanText(PrintStream out, boolean quiet, String next) implements RunReport {

  @Override
  public void planned(InputRow row, long accountId, Changes changes) {
    if (quiet) {
      return;
    }
    for (Map.Entry<AccountField, SettingValue> change : new TreeMap<>(changes.after()).entrySet()) {
      Difference difference =
          Difference.of(changes.before().get(change.getKey()), change.getValue());
      out.printf(
          Locale.ROOT,
          "line %d, account %d: %s %s → %s%n",
          row.row().line(),
          accountId,
          change.getKey().apiName(),
          difference.before(),
          difference.after());
    }
  }

  @Override
  public void wouldFail(RowOutcome outcome) {
    line(outcome, "cannot be sent");
  }

  @Override
  public void wouldKeep(RowOutcome outcome) {
    if (!quiet) {
      line(outcome, outcome.status().toString());
    }
  }

  private void line(RowOutcome outcome, String what) {
    out.printf(
        Locale.ROOT,
        "line %d%s: %s: %s%n",
        outcome.line(),
        outcome.accountId() == null ? "" : ", account " + outcome.accountId(),
        what,
        outcome.message());
  }

  @Override
  public void end(RunResult result) {
    if (quiet && result.exitCode() == ExitCode.OK) {
      return;
    }
    RunSummary summary = result.summary();
    out.printf(
        "Plan %d %s: %s against %s%n%n",
        summary.run(), summary.status(), summary.input(), summary.target());
    PlanTotals totals = result.plan();
    if (totals != null) {
      print(totals);
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
    totals
        .changesByField()
        .forEach(
            (field, accounts) ->
                out.printf(
                    "  %-20s changes in %s%n", field.apiName(), Quantity.of(accounts, "account")));
    if (totals.calls() > 0) {
      Duration time = Duration.between(totals.begins(), totals.ends());
      out.printf(
          Locale.ROOT,
          "%n  %s, at least %s within the limits: if you start now, finished at %s%n",
          Quantity.of(totals.calls(), "call"),
          Durations.shown(time),
          Progress.DAY_AND_TIME.format(totals.ends()));
      if (!next.isEmpty()) {
        out.println("  " + next);
      }
    }
  }
}
