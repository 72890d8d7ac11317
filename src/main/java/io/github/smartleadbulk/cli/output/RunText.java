package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.history.RunDetails;
import io.github.smartleadbulk.history.RunDetails.LaterRun;
import io.github.smartleadbulk.history.RunDetails.NextStep;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.state.StateStore;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Everything about one run, for people. */
public final class RunText {

  private RunText() {}

  /**
   * Makes the page.
   *
   * @param file the file that line numbers refer to
   */
  public static String of(RunSummary summary, RunDetails details, StateStore store, String file) {
    StringBuilder page = new StringBuilder();
    page.append(FinalReport.of(summary, store, RowStatus.NEEDING_ATTENTION, file));
    line(page, "");
    line(page, "command", details.title());
    line(page, "started", ZonedTimes.toTheSecond(summary.startedAt()));
    if (summary.endedAt() != null) {
      line(page, "ended", ZonedTimes.toTheSecond(summary.endedAt()));
    }
    if (summary.exitCode() != null) {
      line(page, "exit code", summary.exitCode().toString());
    }
    if (summary.stopped() != null) {
      line(page, "stopped", summary.stopped());
    }
    details.options().forEach(option -> line(page, "option", option));
    if (!details.guards().isEmpty()) {
      line(page, "guards", details.guards());
    }
    details.guardsPassed().forEach(passed -> line(page, "changed", passed));
    summary
        .waitedByCause()
        .forEach((cause, time) -> line(page, "waited", Durations.shown(time) + " for " + cause));
    details.laterRuns().forEach(later -> line(page, "later", later(later)));
    if (details.superseded() != null) {
      line(page, "superseded", details.superseded());
    }
    if (!details.nextSteps().isEmpty()) {
      line(page, "");
    }
    for (NextStep step : details.nextSteps()) {
      line(page, "  " + step.why() + ": " + step.command());
    }
    return page.toString();
  }

  private static String later(LaterRun later) {
    Map<String, Long> counts = new LinkedHashMap<>(later.counts());
    counts.values().removeIf(count -> count == 0);
    return "%s in run %d (%s): %s"
        .formatted(later.command(), later.run(), later.status(), Amount.each(counts));
  }

  private static void line(StringBuilder page, String name, String value) {
    line(page, String.format(Locale.ROOT, "  %-10s %s", name, value));
  }

  private static void line(StringBuilder page, String text) {
    page.append(text).append(System.lineSeparator());
  }
}
