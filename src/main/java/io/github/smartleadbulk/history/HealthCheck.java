package io.github.smartleadbulk.history;

import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.state.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the runs that somebody relies on are as they should be.
 *
 * @param superseded says why an unfinished run is out of date; empty if it is not
 * @param within how long ago the last success may be; null for any time
 * @param invocation for the commands that continue a run
 */
public record HealthCheck(
    RecordedRuns runs,
    Function<RunRecord, Optional<String>> superseded,
    RunSelection selection,
    @Nullable Duration within,
    Invocation invocation) {

  /** The verdict. All but {@link #OK} need somebody to look. */
  public enum Verdict {
    OK,
    /** There was no success in time. */
    LATE,
    /** The last run was refused or damaged, or rows of it need attention. */
    FAILED,
    /** The last run ended before its last row, or waits for a worker that can execute it. */
    UNFINISHED
  }

  /**
   * An unfinished run.
   *
   * @param superseded which later runs set what it would still set; null if none did
   */
  public record Unfinished(RunRecord run, @Nullable String superseded) {}

  /**
   * What was found.
   *
   * @param last the newest run of the selection; null if there is none
   * @param lastSuccess the newest run of which every row is done; null if there is none
   * @param succeededAt when its last row was done
   * @param unfinished all unfinished runs of the selection, the newest first
   * @param nextStep a command that helps; null if all is well
   */
  public record Health(
      Verdict verdict,
      @Nullable RunRecord last,
      @Nullable RunRecord lastSuccess,
      @Nullable Instant succeededAt,
      List<Unfinished> unfinished,
      @Nullable String nextStep) {}

  public Health at(Instant now) {
    List<RunRecord> selected = selection.of(runs);
    RunRecord last = selected.isEmpty() ? null : selected.get(selected.size() - 1);
    RunRecord success = null;
    Instant succeededAt = null;
    List<Unfinished> unfinished = new ArrayList<>();
    for (int i = selected.size() - 1; i >= 0; i--) {
      RunRecord run = selected.get(i);
      Optional<Instant> at = success == null ? runs.succeededAt(run) : Optional.empty();
      if (at.isPresent()) {
        success = run;
        succeededAt = at.get();
      }
      if (runs.isUnfinished(run)) {
        unfinished.add(new Unfinished(run, superseded.apply(run).orElse(null)));
      }
    }
    Verdict verdict = verdict(last, isLate(succeededAt, now));
    return new Health(
        verdict, last, success, succeededAt, unfinished, nextStep(verdict, last, unfinished));
  }

  private boolean isLate(@Nullable Instant succeededAt, Instant now) {
    return within != null && (succeededAt == null || succeededAt.isBefore(now.minus(within)));
  }

  private Verdict verdict(@Nullable RunRecord last, boolean isLate) {
    if (last == null) {
      return within == null && selection.equals(RunSelection.ALL) ? Verdict.OK : Verdict.LATE;
    }
    if (runs.isUnfinished(last) || runs.waitsForAnotherWorker(last)) {
      return Verdict.UNFINISHED;
    }
    if (!runs.isOnItsWay(last) && runs.succeededAt(last).isEmpty()) {
      return Verdict.FAILED;
    }
    return isLate ? Verdict.LATE : Verdict.OK;
  }

  private @Nullable String nextStep(
      Verdict verdict, @Nullable RunRecord last, List<Unfinished> unfinished) {
    if (last == null) {
      return null;
    }
    if (verdict == Verdict.UNFINISHED) {
      boolean toResume =
          runs.isUnfinished(last)
              && unfinished.get(0).superseded() == null
              && !RecordedRuns.isStoppedByGuard(last);
      return invocation.of((toResume ? "resume " : "show ") + last.id());
    }
    if (verdict != Verdict.FAILED) {
      return null;
    }
    boolean toRetry = runs.rowsToRetry(last) > 0;
    return invocation.of((toRetry && !last.spec().isPlan() ? "retry " : "show ") + last.id());
  }
}
