package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.history.HealthCheck;
import io.github.smartleadbulk.history.HealthCheck.Health;
import io.github.smartleadbulk.history.HealthCheck.Unfinished;
import io.github.smartleadbulk.history.HealthCheck.Verdict;
import io.github.smartleadbulk.history.KeyUse;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.state.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The answer of {@code status}, for people. The first line is the verdict, for monitors that show
 * one line.
 */
public record HealthPage(HealthCheck check, Health health, Instant now) {

  private static final int MOST_WORKSPACES = 10;

  /** The verdict as a sentence. */
  public String message() {
    RunRecord last = health.last();
    if (last == null) {
      return "there is no run" + shownSelection() + (isOk() ? " yet" : "");
    }
    return switch (health.verdict()) {
      case OK -> ended(last);
      case LATE ->
          "the last success%s %s, which is longer ago than %s"
              .formatted(
                  shownSelection(),
                  health.succeededAt() == null ? "never was" : "was " + ago(health.succeededAt()),
                  Durations.shown(withinOrZero()));
      case FAILED -> ended(last) + counts(last);
      case UNFINISHED ->
          "%s %s%s%s"
              .formatted(
                  named(last),
                  check.runs().waitsForAnotherWorker(last)
                      ? "waits for a worker"
                      : "was " + check.runs().status(last),
                  counts(last),
                  last.stopped() == null ? "" : ": " + last.stopped());
    };
  }

  private boolean isOk() {
    return health.verdict() == Verdict.OK;
  }

  private Duration withinOrZero() {
    return check.within() == null ? Duration.ZERO : check.within();
  }

  private String shownSelection() {
    return check.selection().shown();
  }

  private String ended(RunRecord run) {
    if (check.runs().isInProgress(run)) {
      return named(run) + " is in progress";
    }
    if (check.runs().isOnItsWay(run)) {
      return named(run) + " waits for a worker";
    }
    return named(run)
        + " "
        + check.runs().status(run)
        + (run.endedAt() == null ? "" : " " + ago(run.endedAt()));
  }

  private String counts(RunRecord run) {
    String rows = RunTable.rows(check.runs(), run);
    return rows.isEmpty() ? "" : " (" + rows + ")";
  }

  private String ago(Instant time) {
    return Durations.shown(Duration.between(time, now)) + " ago";
  }

  private static String named(RunRecord run) {
    return "run %d (%s)".formatted(run.id(), RecordedRuns.title(run));
  }

  /**
   * The whole page.
   *
   * @param keys what the known keys have left
   */
  public String page(List<KeyUse> keys) {
    StringBuilder page = new StringBuilder();
    line(page, health.verdict() + ": " + message());
    if (health.last() != null) {
      line(page, "");
      line(page, "last run", described(health.last()));
    }
    if (health.lastSuccess() != null
        && health.succeededAt() != null
        && !health.lastSuccess().equals(health.last())) {
      line(
          page,
          "last success",
          "%s, %s"
              .formatted(
                  named(health.lastSuccess()), ZonedTimes.toTheMinute(health.succeededAt())));
    }
    for (Unfinished one : health.unfinished()) {
      line(
          page,
          "unfinished",
          "%s of %s%s%s"
              .formatted(
                  named(one.run()),
                  one.run().spec().inputName(),
                  counts(one.run()),
                  one.superseded() == null ? "" : ", superseded: " + one.superseded()));
    }
    if (keys.size() == 1 && keys.get(0).workspace().equals(WorkspaceNames.DEFAULT)) {
      windows(page, keys.get(0));
    } else {
      workspaces(page, keys);
    }
    if (health.nextStep() != null) {
      line(page, "next step", health.nextStep());
    }
    return page.toString();
  }

  private void windows(StringBuilder page, KeyUse key) {
    for (WindowUse use : key.windows()) {
      line(page, "window", "%s: %s".formatted(use.window(), left(use)));
    }
    if (key.next() != null) {
      line(page, "next call", shown(key.next()) + ", to " + key.target());
    }
  }

  /** A line for each workspace, those with little left first. */
  private void workspaces(StringBuilder page, List<KeyUse> keys) {
    keys.stream()
        .sorted(KeyUse.LEAST_LEFT)
        .limit(MOST_WORKSPACES)
        .forEach(key -> line(page, "workspace", key.workspace() + ": " + left(key)));
    if (keys.size() > MOST_WORKSPACES) {
      line(
          page,
          "workspaces",
          Amount.of(keys.size() - MOST_WORKSPACES, "other workspace", "has", "have")
              + " a larger share of calls left. To list all of them, add --json");
    }
  }

  private String left(KeyUse key) {
    return key.next() == null
        ? "unlimited, to " + key.target()
        : key.windows().stream()
                .map(use -> left(use) + " (" + use.window() + ")")
                .collect(Collectors.joining(", "))
            + "; next call %s, to %s".formatted(shown(key.next()), key.target());
  }

  private static String left(WindowUse use) {
    return String.format(Locale.ROOT, "%,d of %,d calls left", use.left(), use.window().calls());
  }

  private String shown(Instant next) {
    return next.isAfter(now) ? ZonedTimes.toTheSecond(next) : "now";
  }

  private String described(RunRecord run) {
    return "%s of %s, started %s: %s%s"
        .formatted(
            named(run),
            run.spec().inputName(),
            ZonedTimes.toTheMinute(run.startedAt()),
            check.runs().status(run),
            counts(run));
  }

  private static void line(StringBuilder page, String name, String value) {
    line(page, String.format(Locale.ROOT, "  %-12s %s", name, value));
  }

  private static void line(StringBuilder page, String text) {
    page.append(text).append(System.lineSeparator());
  }
}
