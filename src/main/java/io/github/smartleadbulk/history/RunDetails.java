package io.github.smartleadbulk.history;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.run.StoredGuards;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the history knows about a run.
 *
 * @param title what the run was, such as {@code rollback of run 2}
 * @param options as a command line spells them, without guards
 * @param guards as a command line spells them; empty for none
 * @param guardsPassed a sentence for each guard that a resume has changed
 * @param origin the run whose rows this run retried, restored or applied; null for none
 * @param laterRuns the runs that retried, restored or applied rows of this run
 * @param superseded which later runs set what this run would still set; null if none did
 * @param nextSteps commands that the user may want next, ready to paste
 * @param summary what {@code summary.json} says
 */
public record RunDetails(
    String title,
    List<String> options,
    String guards,
    List<String> guardsPassed,
    @Nullable Integer origin,
    List<LaterRun> laterRuns,
    @Nullable String superseded,
    List<NextStep> nextSteps,
    @JsonAnyGetter Map<String, Object> summary) {

  /** A run that took up rows of another one. */
  public record LaterRun(
      int run,
      String command,
      String status,
      @Nullable Integer exitCode,
      Map<String, Long> counts) {}

  /**
   * A command that the user may want next.
   *
   * @param why when to use it, as the beginning of a sentence
   */
  public record NextStep(String why, String command) {}

  /** Adds to the summary of a run what the history knows. */
  public static RunDetails of(
      StateStore store,
      RecordedRuns history,
      RunRecord run,
      RunSummary summary,
      Invocation invocation) {
    Map<String, String> options = run.spec().options();
    String superseded = history.superseded(store, run).orElse(null);
    return new RunDetails(
        RecordedRuns.title(run),
        ShownOptions.of(run),
        StoredGuards.among(options).toString(),
        options.getOrDefault(StoredGuards.PASSED, "").lines().toList(),
        run.spec().origin(),
        history.followUps(run).stream().map(later -> later(history, later)).toList(),
        superseded,
        nextSteps(history, run, summary, superseded, invocation.forRowsOf(run.spec())),
        summary.fields());
  }

  private static LaterRun later(RecordedRuns history, RunRecord later) {
    return new LaterRun(
        later.id(),
        later.spec().command(),
        history.status(later),
        later.exitCode(),
        RunEntry.counts(history, later));
  }

  private static List<NextStep> nextSteps(
      RecordedRuns history,
      RunRecord run,
      RunSummary summary,
      @Nullable String superseded,
      Invocation invocation) {
    List<NextStep> steps = new ArrayList<>();
    boolean isStoppedByGuards =
        RecordedRuns.isStoppedByGuard(run) && RunSummaries.isStoppedByGuards(summary);
    if (history.isUnfinished(run) && (superseded != null || !isStoppedByGuards)) {
      steps.add(
          new NextStep(
              superseded == null ? "To resume it" : "To resume it although it is superseded",
              invocation.of("resume " + run.id() + (superseded == null ? "" : " --resume-stale"))));
    } else if (RecordedRuns.title(run).equals(RunSpec.PLAN) && run.status() == RunStatus.FINISHED) {
      steps.add(
          new NextStep("To apply exactly this plan", invocation.of("update --plan " + run.id())));
    }
    if (run.spec().isPlan() || history.isOnItsWay(run)) {
      return steps;
    }
    Map<RowStatus, Long> rows = history.rows(run);
    if (history.rowsToRetry(run) > 0 && !history.isUnfinished(run) && !history.isSuccess(run)) {
      steps.add(
          new NextStep(
              "To send its failed and uncertain rows again", invocation.of("retry " + run.id())));
    }
    if (rows.containsKey(RowStatus.UPDATED) || rows.containsKey(RowStatus.UNCERTAIN)) {
      steps.add(
          new NextStep(
              "To restore the values from before it", invocation.of("rollback " + run.id())));
    }
    return steps;
  }
}
