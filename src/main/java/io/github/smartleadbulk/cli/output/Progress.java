package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.TerminalSize;
import io.github.smartleadbulk.client.Waiting;
import io.github.smartleadbulk.job.UpdateRun;
import io.github.smartleadbulk.job.UpdateRun.WorkspaceState;
import io.github.smartleadbulk.run.RunProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a run on standard error: live lines on a terminal, otherwise a line now and
 * then. A terminal of enough height has a line for each workspace below the line of the run.
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
  private final @Nullable TerminalSize size;
  private final Pace calls = new Pace();
  private final Pace rows = new Pace();
  private final Timer ticker = new Timer("progress", true);
  private boolean closed;

  private Progress(UpdateRun run, ProcessEnvironment environment, boolean quiet) {
    this.run = run;
    this.environment = environment;
    this.live = environment.errTakesEscapes() && !quiet;
    this.size =
        environment.errIsTerminal() && !quiet
            ? TerminalSize.follow(environment.errRows(), environment.errColumns())
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
    Instant now = environment.clock().instant();
    List<WorkspaceState> workspaces = run.workspaces();
    boolean showsEach = live && size != null && fit(workspaces, size);
    List<ProgressLine> lines = new ArrayList<>();
    lines.add(line(workspaces, showsEach, now));
    if (showsEach) {
      boolean isSending = run.progress().isSending();
      workspaces.forEach(workspace -> lines.add(line(workspace, isSending, now)));
    }
    // A terminal may go on to the next line when its last column is filled.
    List<String> texts =
        lines.stream()
            .map(line -> size == null ? line.text() : line.text(size.columns() - 1))
            .toList();
    if (live && size != null) {
      environment.showLive(texts, size.columns());
    } else {
      texts.forEach(environment.err()::println);
    }
  }

  /** Whether there is room for a line of each workspace, the line of the run and a message. */
  private static boolean fit(List<WorkspaceState> workspaces, TerminalSize size) {
    return workspaces.size() > 1 && workspaces.size() + 2 <= size.rows();
  }

  private ProgressLine line(List<WorkspaceState> workspaces, boolean showsEach, Instant now) {
    RunProgress progress = run.progress();
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
    if (workspaces.size() > 1 && !showsEach) {
      line.add(2, counts(workspaces));
    }
    waiting.ifPresent(wait -> line.add(1, wait.text() + " until " + clockTime(wait.until(), now)));
    if (progress.isSending()) {
      finish(progress, now, callsPerSecond, rowsPerSecond)
          .ifPresent(end -> line.add(2, "done at " + clockTime(end, now) + " " + zone(end)));
    }
    return line;
  }

  private static ProgressLine line(WorkspaceState workspace, boolean isSending, Instant now) {
    String done =
        isSending && workspace.rows() >= 0
            ? String.format(
                Locale.ROOT, "%,d of %s", workspace.done(), Amount.of(workspace.rows(), "row"))
            : Amount.of(workspace.accountsRead(), "account") + " read";
    String start = workspace.name() + ": " + done;
    Waiting waiting = workspace.waiting();
    if (workspace.stopped() != null) {
      // As one fact, so that a long reason is cut and not left out.
      return new ProgressLine().add(1, start + ", stopped: " + workspace.stopped());
    }
    ProgressLine line = new ProgressLine().add(1, start);
    if (workspace.isDone()) {
      line.add(2, "done");
    } else if (waiting != null) {
      line.add(2, waiting.text() + " until " + clockTime(waiting.until(), now));
    }
    return line;
  }

  /** How many workspaces are in which state. */
  private static String counts(List<WorkspaceState> workspaces) {
    Map<String, Long> counts = new LinkedHashMap<>();
    List.of("working", "waiting", "done", "stopped").forEach(state -> counts.put(state, 0L));
    workspaces.forEach(workspace -> counts.merge(state(workspace), 1L, Long::sum));
    counts.values().removeIf(count -> count == 0);
    return Amount.of(workspaces.size(), "workspace") + " (" + Amount.each(counts) + ")";
  }

  private static String state(WorkspaceState workspace) {
    if (workspace.stopped() != null) {
      return "stopped";
    }
    return workspace.isDone() ? "done" : workspace.waiting() != null ? "waiting" : "working";
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

  /** Clears the lines on the terminal, and leaves the terminal to a question until its answer. */
  public synchronized boolean aside(BooleanSupplier question) {
    clear();
    return question.getAsBoolean();
  }

  private void clear() {
    if (live && size != null) {
      environment.showLive(List.of(), size.columns());
    }
  }

  /** Clears the lines on the terminal for the report. */
  @Override
  public void close() {
    // A line that is being printed is completed, and no line follows.
    synchronized (this) {
      closed = true;
    }
    ticker.cancel();
    if (size != null) {
      size.close();
    }
    clear();
  }
}
