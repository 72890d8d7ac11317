package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.client.ClientStatistics;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.fill.RowFilling;
import io.github.smartleadbulk.guard.Share;
import io.github.smartleadbulk.guard.TextCheck;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.RowMessages;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.JournalledOutcomes;
import io.github.smartleadbulk.run.LoggedCalls;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunProgress;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.RunStoppedException;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.RunJournal;
import io.github.smartleadbulk.state.StateStore;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;

/** What the steps of a run share. */
record RunContext(
    PreparedRun prepared,
    RunSettings settings,
    StateStore store,
    SmartleadClient client,
    RunJournal journal,
    LoggedCalls calls,
    RunProgress progress,
    RunListener listener,
    Clock clock,
    Consumer<Stop> stopper) {

  int run() {
    return prepared.id();
  }

  /** The name of the job in Spring Batch. */
  String jobName() {
    return prepared.run().spec().isPlan() ? JobNames.PLAN_JOB : JobNames.JOB;
  }

  RunOptions options() {
    return prepared.options();
  }

  /** What fills the rows. */
  RowFilling filling() {
    return options().filling(prepared.input().header());
  }

  /** The number of rows in the input. Known after the inspect step. */
  long rows() {
    Long rows = store.runs().find(run()).orElseThrow().rows();
    return Objects.requireNonNull(rows, "the inspect step counts the rows");
  }

  /** The number of rows at the start of the input that have lines. */
  long rowsWritten() {
    return journalled().written().rows();
  }

  /** What earlier processes of the run have recorded. */
  JournalledRun journalled() {
    return prepared.journalled();
  }

  /** The outcomes of rows in earlier processes. */
  JournalledOutcomes journalledOutcomes() {
    return JournalledOutcomes.ofUnfinished(store.outcomes(), run(), journalled());
  }

  /** How many accounts earlier processes of the run have changed, or may have. */
  long changedBefore() {
    return endedBefore(RowStatus.UPDATED) + endedBefore(RowStatus.UNCERTAIN);
  }

  private long endedBefore(RowStatus status) {
    return journalled().rowsByStatus().getOrDefault(status, 0L);
  }

  /** How many rows have failed or are uncertain since earlier processes. */
  long failedBefore() {
    return endedBefore(RowStatus.FAILED) + endedBefore(RowStatus.UNCERTAIN);
  }

  /**
   * Refuses to go on with a run that has too many failures.
   *
   * @throws RunStoppedException if earlier processes have exceeded the guard
   */
  void checkFailures() {
    Share most = settings.guards().maxFailures();
    if (most != null && !isEveryRowEnded() && most.isExceededBy(failedBefore(), rows())) {
      throw new RunStoppedException(ExitCode.GUARD, tooManyFailures(most, failedBefore()));
    }
  }

  String tooManyFailures(Share most, long count) {
    return "guard --max-failures %s: %s. To allow more: %s"
        .formatted(
            most,
            Amount.of(count, "row", "has failed or is uncertain", "have failed or are uncertain"),
            resumeCommand("--max-failures " + most.raisedTo(2 * count, rows())));
  }

  /** The command that resumes this run with an option. */
  String resumeCommand(String option) {
    return settings.invocation().of("resume " + run() + " " + option);
  }

  /** Whether only the reports remain to be written. */
  boolean isEveryRowEnded() {
    return prepared.rowsEnded() == rows();
  }

  /** The rows that share an account with another row, as far as known. */
  Duplicates duplicates() {
    return Duplicates.of(
        store.duplicateRows().of(run()).stream()
            .map(row -> new Duplicates.Entry(row.key(), row.row(), row.line()))
            .toList());
  }

  /** Collects warnings about rows. */
  RowMessages rowMessages() {
    return new RowMessages(listener::warning, listener.wantsEachRow(), listener.fileOfLines());
  }

  /** Stops taking new rows. Calls in flight end normally. */
  void stop(Stop stop) {
    stopper.accept(stop);
  }

  /**
   * Refuses the run before anything is sent if rows have a problem and {@code --strict} is set.
   *
   * @param count number of rows with the problem
   * @param one the problem, as a predicate of one row, such as "is invalid"
   * @param many the predicate of several rows
   */
  void refuseIfStrict(long count, String one, String many) {
    if (settings.strict() && count > 0) {
      throw new RunRefusedException(
          "%s of %s %s and --strict is set: nothing was sent"
              .formatted(Amount.of(count), Amount.of(rows(), "row"), count == 1 ? one : many));
    }
  }

  /** Refuses the run if rows set texts with warnings and {@code --strict} is set. */
  void refuseIfStrict(TextCheck texts) {
    refuseIfStrict(texts.rows(), "sets texts with warnings", "set texts with warnings");
  }

  /** Records how many calls this process and earlier processes have made. */
  void keepCalls() {
    ClientStatistics now = client.statistics();
    store.runs().setCalls(run(), callsMade(now), rateLimited(now));
  }

  /** Records how far {@code results.csv} has been written. */
  void keepWritten(WrittenLines written) {
    ClientStatistics now = client.statistics();
    journal.written(
        written, clock.instant(), callsMade(now), rateLimited(now), prepared.waitedByCause(now));
    keepCalls();
  }

  private long callsMade(ClientStatistics now) {
    return prepared.run().calls() + now.calls();
  }

  private long rateLimited(ClientStatistics now) {
    return prepared.run().rateLimited() + now.rateLimited();
  }
}
