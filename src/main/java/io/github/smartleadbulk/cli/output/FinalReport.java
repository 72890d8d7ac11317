package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.state.StateStore;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The final report of a run, for people. */
public final class FinalReport {

  /** How many rows the report shows with their messages. The files have all rows. */
  private static final int SHOWN = 10;

  private FinalReport() {}

  /**
   * Makes the report.
   *
   * @param shown the statuses of rows to show with their messages
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
        summary.target());
    line(page, "");
    summary.rowsByStatus().forEach((status, rows) -> line(page, "  %-10s %,12d", status, rows));
    if (summary.rowsOpen() > 0) {
      line(page, "  %-10s %,12d", "open", summary.rowsOpen());
    }
    if (summary.rows() != null) {
      line(page, "  %-10s %,12d", "rows", summary.rows());
    }
    line(page, "");
    rows(page, store.outcomes().page(summary.run(), 0, SHOWN + 1, shown), file);
    if (summary.rowsByStatus().containsKey(RowStatus.KEPT)) {
      rows(page, store.outcomes().page(summary.run(), 0, SHOWN + 1, Set.of(RowStatus.KEPT)), file);
    }
    line(
        page,
        "  %s in %s%s",
        Quantity.of(summary.calls(), "call"),
        Durations.shown(summary.time()),
        summary.rateLimited() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %,d of them rate-limited (429)", summary.rateLimited()));
    summary.files().forEach((name, path) -> line(page, "  %-10s %s", name, path));
    return page.toString();
  }

  private static void rows(StringBuilder page, List<RowOutcome> rows, String file) {
    if (rows.isEmpty()) {
      return;
    }
    if (!file.isEmpty()) {
      line(page, "  Line numbers refer to %s", file);
    }
    rows.stream()
        .limit(SHOWN)
        .forEach(
            row ->
                line(
                    page,
                    "  line %d%s: %s: %s",
                    row.line(),
                    row.accountId() == null ? "" : ", account " + row.accountId(),
                    row.status(),
                    row.message()));
    if (rows.size() > SHOWN) {
      line(page, "  The files below have the other rows.");
    }
    line(page, "");
  }

  private static void line(StringBuilder page, String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
  }
}
