package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.TerminalWidth;
import io.github.smartleadbulk.client.Waiting;
import io.github.smartleadbulk.job.UpdateRun;
import io.github.smartleadbulk.run.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a run on standard error: a live line on a terminal, otherwise a line now
 * and then.
 */
public final class Progress implements AutoCloseable {

  private static final Duration LIVE = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(10);

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final UpdateRun run;
  private final ProcessEnvironment environment;
  private final boolean live;
  private final @Nullable TerminalWidth width;
  private final Pace calls = new Pace();
  private final Pace rows = new Pace();
  private final Timer ticker = new Timer("progress", true);
  private boolean closed;

  private Progress(UpdateRun run, ProcessEnvironment environment, boolean quiet) {
    this.run = run;
    this.environment = environment;
    this.live = environment.errTakesEscapes() && !quiet;
    this.width =
        environment.errIsTerminal() && !quiet
            ? TerminalWidth.follow(environment.errColumns())
            : null;
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
    // A terminal may go on to the next line when its last column is filled.
    String line = width == null ? line().text() : line().text(width.columns() - 1);
    if (live) {
      environment.showLive(line);
    } else {
      environment.err().println(line);
    }
  }

  private ProgressLine line() {
    RunProgress progress = run.progress();
    Instant now = environment.clock().instant();
    Optional<Waiting> waiting = run.waiting();
    ProgressLine line = new ProgressLine();
    if (!progress.isSending()) {
      line.add(1, Amount.of(progress.accountsRead(), "account") + " read");
    } else {
      addRows(line, progress);
    }
    OptionalDouble callsPerSecond = calls.measure(run.calls(), waiting.isPresent());
    OptionalDouble rowsPerSecond = rows.measure(progress.done(), waiting.isPresent());
    if (waiting.isEmpty() && callsPerSecond.isPresent()) {
      line.add(7, String.format(Locale.ROOT, "%.1f calls/s", callsPerSecond.getAsDouble()));
    }
    waiting.ifPresent(wait -> line.add(1, wait.text() + " until " + clockTime(wait.until(), now)));
    if (progress.isSending()) {
      finish(progress, now, callsPerSecond, rowsPerSecond)
          .ifPresent(end -> line.add(2, "done at " + clockTime(end, now) + " " + zone(end)));
    }
    return line;
  }

  /** Tells the rows that are done from those that still need a call. */
  private static void addRows(ProgressLine line, RunProgress progress) {
    line.add(
        4,
        String.format(
            Locale.ROOT, "%,d of %s", progress.done(), Amount.of(progress.rows(), "row")));
    progress
        .rowsByStatus()
        .forEach(
            (status, count) ->
                line.add(
                    status.needsAttention() ? 4 : status == RowStatus.UPDATED ? 5 : 6,
                    String.format(Locale.ROOT, "%,d %s", count, status)));
    if (progress.isCounted()) {
      long needed = sum(progress.callsNeeded().orElse(Map.of()));
      line.add(3, String.format(Locale.ROOT, "%,d to send", needed));
    }
  }

  /** From the calls that are needed and all windows, or from the pace if the server is slower. */
  private Optional<Instant> finish(
      RunProgress progress,
      Instant now,
      OptionalDouble callsPerSecond,
      OptionalDouble rowsPerSecond) {
    if (progress.done() == progress.rows()) {
      return Optional.empty();
    }
    Optional<Instant> byLimits = run.forecast();
    Optional<Instant> byPace =
        progress.callsNeeded().isPresent()
            ? after(now, sum(progress.callsNeeded().get()), callsPerSecond)
            : run.isUnlimited()
                ? after(now, progress.rows() - progress.done(), rowsPerSecond)
                : Optional.empty();
    return byPace.isPresent() && (byLimits.isEmpty() || byPace.get().isAfter(byLimits.get()))
        ? byPace
        : byLimits;
  }

  private static long sum(Map<String, Long> countByName) {
    return countByName.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Optional<Instant> after(Instant now, long count, OptionalDouble perSecond) {
    return perSecond.isPresent() && perSecond.getAsDouble() > 0
        ? Optional.of(now.plusMillis((long) (1000 * count / perSecond.getAsDouble())))
        : Optional.empty();
  }

  private static String clockTime(Instant at, Instant now) {
    return day(at).equals(day(now)) ? TIME.format(at) : DAY_AND_TIME.format(at);
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneId.systemDefault()).toLocalDate();
  }

  private static String zone(Instant at) {
    ZoneOffset offset = ZoneId.systemDefault().getRules().getOffset(at);
    return offset.equals(ZoneOffset.UTC) ? "UTC" : offset.getId();
  }

  /** Clears the line on the terminal, and leaves the terminal to a question until its answer. */
  public synchronized boolean aside(BooleanSupplier question) {
    environment.showLive("");
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
    if (width != null) {
      width.close();
    }
    if (live) {
      environment.showLive("");
    }
  }
}
