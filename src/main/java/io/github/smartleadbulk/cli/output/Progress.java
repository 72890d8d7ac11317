package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.client.Waiting;
import io.github.smartleadbulk.job.UpdateRun;
import io.github.smartleadbulk.run.RunProgress;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;

/**
 * Shows the progress of a run on standard error: a live line on a terminal, otherwise a line now
 * and then.
 */
public final class Progress implements AutoCloseable {

  private static final Duration LIVE = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(10);

  static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final UpdateRun run;
  private final PrintStream err;
  private final boolean live;
  private final int columns;
  private final Clock clock;
  private final Instant began;
  private final Timer ticker = new Timer("progress", true);
  private boolean closed;

  private Progress(UpdateRun run, ProcessEnvironment environment, boolean quiet) {
    this.run = run;
    this.err = environment.err();
    this.live = environment.errIsTerminal() && !quiet;
    this.columns = environment.errColumns();
    this.clock = environment.clock();
    this.began = clock.instant();
  }

  public static Progress start(UpdateRun run, ProcessEnvironment environment, boolean quiet) {
    Progress progress = new Progress(run, environment, quiet);
    if (!quiet) {
      long every = (progress.live ? LIVE : PLAIN).toMillis();
      progress.ticker.scheduleAtFixedRate(
          new TimerTask() {
            @Override
            public void run() {
              progress.tell();
            }
          },
          every,
          every);
    }
    return progress;
  }

  private synchronized void tell() {
    if (closed
        || (run.progress().rows() < 0
            && run.progress().accountsRead() == 0
            && run.waiting().isEmpty())) {
      return;
    }
    if (live) {
      // Goes back to the start of the line, prints the text and erases the rest of the old line.
      String line = line();
      err.print("\r" + line.substring(0, Math.min(line.length(), columns - 1)) + "\u001B[K");
      err.flush();
    } else {
      err.println(line());
    }
  }

  private String line() {
    RunProgress progress = run.progress();
    if (progress.rows() < 0) {
      StringBuilder line =
          new StringBuilder(Quantity.of(progress.accountsRead(), "account") + " read");
      appendWaiting(line);
      return Cells.printable(line.toString());
    }
    Instant now = clock.instant();
    double seconds = Math.max(0.001, Duration.between(began, now).toMillis() / 1000.0);
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d of %s, %.1f/s",
                progress.done(),
                Quantity.of(progress.rows(), "row"),
                progress.doneNow() / seconds));
    append(line, progress.count(RowStatus.FAILED), "failed");
    append(line, progress.count(RowStatus.UNCERTAIN), "uncertain");
    append(line, progress.count(RowStatus.INVALID), "invalid");
    timeLeft(progress, now, seconds)
        .ifPresent(left -> line.append(", ").append(Durations.shown(left)).append(" left"));
    appendWaiting(line);
    return Cells.printable(line.toString());
  }

  private void appendWaiting(StringBuilder line) {
    Optional<Waiting> waiting = run.waiting();
    waiting.ifPresent(
        wait ->
            line.append(" (")
                .append(wait.text())
                .append(", next call ")
                .append(TIME.format(wait.until()))
                .append(')'));
  }

  private static void append(StringBuilder line, long count, String what) {
    if (count > 0) {
      line.append(String.format(Locale.ROOT, ", %,d %s", count, what));
    }
  }

  /** Estimates the time from the pace so far or from the limits, whichever takes longer. */
  private Optional<Duration> timeLeft(RunProgress progress, Instant now, double seconds) {
    long rowsLeft = progress.rows() - progress.done();
    if (rowsLeft == 0 || progress.doneNow() == 0) {
      return Optional.empty();
    }
    Duration byPace = Duration.ofMillis((long) (1000 * rowsLeft * seconds / progress.doneNow()));
    Duration byLimits = run.forecast().map(end -> Duration.between(now, end)).orElse(Duration.ZERO);
    return Optional.of(byPace.compareTo(byLimits) > 0 ? byPace : byLimits);
  }

  /** A moment for people. */
  public static String clockTime(Instant moment) {
    return DAY_AND_TIME.format(moment);
  }

  /** Clears the line on the terminal, and leaves the terminal to a question until its answer. */
  public synchronized boolean aside(BooleanSupplier question) {
    if (live) {
      err.print("\r\u001B[K");
      err.flush();
    }
    return question.getAsBoolean();
  }

  /** Clears the line on the terminal for the report. */
  @Override
  public void close() {
    // A line that is being printed is completed, and no line follows.
    synchronized (this) {
      closed = true;
    }
    ticker.cancel();
    if (live) {
      err.print("\r\u001B[K");
      err.flush();
    }
  }
}
