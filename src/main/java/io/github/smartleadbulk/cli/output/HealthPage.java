package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.history.HealthCheck;
import io.github.smartleadbulk.history.HealthCheck.Health;
import io.github.smartleadbulk.history.HealthCheck.Unfinished;
import io.github.smartleadbulk.history.HealthCheck.Verdict;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.state.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code status}, for people. The first line is the verdict, for monitors that show
 * one line.
 */
public record HealthPage(HealthCheck check, Health health, Instant now) {

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
          "%s was %s%s%s"
              .formatted(
                  named(last),
                  check.runs().status(last),
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
   * @param target the API that the windows belong to; null if no run has called one
   */
  public String page(@Nullable String target, List<WindowUse> windows) {
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
    for (WindowUse use : windows) {
      line(
          page,
          "window",
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d calls left",
              use.window(),
              use.left(),
              use.window().calls()));
    }
    if (!windows.isEmpty()) {
      Instant next = windows.stream().map(WindowUse::next).max(Instant::compareTo).orElse(now);
      line(
          page,
          "next call",
          (next.isAfter(now) ? ZonedTimes.toTheSecond(next) : "now") + ", to " + target);
    }
    if (health.nextStep() != null) {
      line(page, "next step", health.nextStep());
    }
    return page.toString();
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
