package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.RunDetails;
import io.github.smartleadbulk.history.RunDetails.LaterRun;
import io.github.smartleadbulk.history.RunDetails.NextStep;
import io.github.smartleadbulk.history.WorkspaceShare;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run to show to somebody: how it ended, what failed and why, its calls, and each change. Its
 * figures are those of the report and of {@code summary.json}.
 */
public final class RunPage extends Page implements AutoCloseable {

  private final RunRecord run;
  private final RunSummary summary;
  private final RunDetails details;
  private final boolean isInProgress;
  private final Instant madeAt;
  private final @Nullable CallsOverTime calls;
  private final AttentionRows attention;
  private final AttentionRows kept;
  private final ChangeRows changes;
  private final WorkspaceShares workspaces;

  /**
   * Reads the run. The rows are read when the page is written.
   *
   * @param windows the rate limits to compare its calls with; empty for none
   */
  public RunPage(
      StateStore store,
      RecordedRuns history,
      RunRecord run,
      Invocation invocation,
      List<RateWindow> windows,
      Clock clock) {
    this.run = run;
    this.summary = RunSummaries.of(store, run, history.status(run));
    this.details = RunDetails.of(store, history, run, summary, invocation);
    this.isInProgress = history.isInProgress(run);
    this.madeAt = clock.instant();
    this.calls =
        store
            .timeline(run.id())
            .map(timeline -> new CallsOverTime(timeline, windows, isInProgress))
            .filter(found -> !found.isEmpty())
            .orElse(null);
    Map<RowStatus, Long> rows = summary.rowsByStatus();
    this.attention = new AttentionRows(room(), store, run, RowStatus.NEEDING_ATTENTION, rows);
    this.kept = new AttentionRows(room(), store, run, EnumSet.of(RowStatus.KEPT), rows);
    this.changes = new ChangeRows(room(), store, run, rows);
    this.workspaces = new WorkspaceShares(WorkspaceShare.of(store, run));
  }

  @Override
  String template() {
    return "run";
  }

  @Override
  public String title() {
    return "Run %d: %s".formatted(summary.run(), summary.input());
  }

  /** What the run was, where and when. */
  public String subtitle() {
    String began =
        "%s at %s%s. Started %s"
            .formatted(
                details.title(),
                summary.target(),
                run.spec().namesWorkspaces() && workspaces.isEmpty()
                    ? " in workspace " + run.spec().workspacesShown()
                    : "",
                Figures.time(summary.startedAt()));
    String ended =
        summary.endedAt() == null
            ? ""
            : ", ended %s, %s later"
                .formatted(Figures.time(summary.endedAt()), Figures.duration(summary.time()));
    return began
        + ended
        + (summary.exitCode() == null ? "." : ". Exit code " + summary.exitCode() + ".");
  }

  /**
   * How the run ended, or that it is in progress.
   *
   * @param style of the note: {@code fine}, {@code stop}, or empty for something in between
   */
  record Outcome(String style, String text) {}

  public Outcome outcome() {
    String open =
        summary.rowsOpen() == 0
            ? ""
            : " %s no outcome yet."
                .formatted(Figures.number(summary.rowsOpen(), "row has", "rows have"));
    if (isInProgress) {
      return new Outcome(
          "",
          "The run is in progress. This page shows it as of %s.%s"
              .formatted(Figures.time(madeAt), open));
    }
    return switch (run.status()) {
      case FINISHED -> finished();
      case RUNNING -> new Outcome("stop", "The run was killed." + open);
      case STOPPED ->
          new Outcome("stop", "The run stopped before its last row%s.%s".formatted(why(), open));
      case REFUSED ->
          new Outcome("stop", "The run was refused, and nothing was sent%s.".formatted(why()));
      case ABANDONED ->
          new Outcome("stop", "The run was abandoned for a later one%s.%s".formatted(why(), open));
      case DAMAGED ->
          new Outcome(
              "stop",
              "The journal of the run is damaged, so the outcomes of its rows are not certain%s.%s"
                  .formatted(why(), open));
    };
  }

  private Outcome finished() {
    long rows =
        RowStatus.NEEDING_ATTENTION.stream()
            .mapToLong(status -> summary.rowsByStatus().getOrDefault(status, 0L))
            .sum();
    return rows == 0
        ? new Outcome("fine", "The run finished. No row needs attention.")
        : new Outcome(
            "",
            "The run finished. %s attention."
                .formatted(Figures.number(rows, "row needs", "rows need")));
  }

  private String why() {
    return summary.stopped() == null ? "" : ": " + summary.stopped();
  }

  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    if (summary.rows() != null) {
      cards.add(new Card("Rows", Figures.number(summary.rows())));
    }
    summary
        .rowsByStatus()
        .forEach((status, rows) -> cards.add(new Card("Rows " + status, Figures.number(rows))));
    if (summary.rowsOpen() > 0) {
      cards.add(new Card("Rows open", Figures.number(summary.rowsOpen())));
    }
    cards.add(new Card("Calls", Figures.number(summary.calls())));
    if (summary.rateLimited() > 0) {
      cards.add(new Card("Rate-limited (429)", Figures.number(summary.rateLimited())));
    }
    if (summary.endedAt() != null) {
      cards.add(new Card("Time", Figures.duration(summary.time())));
    }
    return cards;
  }

  /** What the canary found; null if there was none. */
  public @Nullable String canary() {
    return summary.canary() == 0
        ? null
        : Figures.number(summary.canary(), "row was", "rows were")
            + " sent first, read back and found right.";
  }

  public List<String> options() {
    return details.options();
  }

  /** The guards of the run; null for none. */
  public @Nullable String guards() {
    return details.guards().isEmpty() ? null : details.guards();
  }

  public List<String> guardsPassed() {
    return details.guardsPassed();
  }

  public boolean hasSettings() {
    return !options().isEmpty() || guards() != null || !guardsPassed().isEmpty();
  }

  public WorkspaceShares workspaces() {
    return workspaces;
  }

  public AttentionRows attention() {
    return attention;
  }

  public AttentionRows kept() {
    return kept;
  }

  /** The file that line numbers refer to. */
  public String linesOf() {
    boolean isGiven = run.spec().command().equals("update") && run.spec().origin() == null;
    return isGiven ? summary.input() : "input.csv in the folder of run " + summary.run();
  }

  /** The calls over time; null if none are on record. */
  public @Nullable CallsOverTime calls() {
    return calls;
  }

  /**
   * How many calls are missing from the chart; null for none. Without rate limits, the calls that
   * read the account list are counted, but not recorded one by one.
   */
  public @Nullable String callsWithoutTime() {
    if (calls == null || calls.isCut() || calls.omitted() != null) {
      return null;
    }
    long without = summary.calls() - calls.total();
    return without <= 0
        ? null
        : without == 1
            ? "1 call is not in the chart, because its time is not on record."
            : Figures.number(without)
                + " calls are not in the chart, because their times are not on record.";
  }

  public boolean hasWaited() {
    return !summary.waitedByCause().isEmpty();
  }

  public List<WaitCause> waited() {
    return WaitCause.of(summary.waitedByCause());
  }

  public ChangeRows changes() {
    return changes;
  }

  /** The number of the run, for commands and folders. */
  public int number() {
    return summary.run();
  }

  /** What later runs did with rows of this one. */
  public List<String> laterRuns() {
    return details.laterRuns().stream().map(RunPage::told).toList();
  }

  private static String told(LaterRun later) {
    Map<String, Long> counts = new LinkedHashMap<>(later.counts());
    counts.values().removeIf(count -> count == 0);
    return "%s in run %d (%s)%s"
        .formatted(
            later.command(),
            later.run(),
            later.status(),
            counts.isEmpty() ? "" : ": " + Amount.each(counts));
  }

  /** Which later runs set what this run would still set; null if none did. */
  public @Nullable String superseded() {
    return details.superseded();
  }

  public boolean hasLater() {
    return !details.laterRuns().isEmpty() || details.superseded() != null;
  }

  public boolean hasSteps() {
    return !details.nextSteps().isEmpty();
  }

  public List<NextStep> steps() {
    return details.nextSteps();
  }

  @Override
  public void close() {
    attention.close();
    kept.close();
    changes.close();
  }
}
