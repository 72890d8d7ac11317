package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.journal.Threads;
import io.github.smartleadbulk.postgres.PartTable;
import io.github.smartleadbulk.postgres.WorkSession;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets other processes send rows of the run: each gets some of the workspaces. While it has them,
 * this process sends nothing for them, and takes over what the other has put on record. If the
 * other one dies, or gives the workspaces back, this process offers them again, or goes on itself.
 */
final class Helpers implements AutoCloseable {

  /** What one process sends easily. Below that, a second one only waits for the same limits. */
  private static final int CALLS_PER_SECOND = 200;

  /** How many processes work on a run if nobody has said how many. */
  private static final int MOST_PROCESSES = 8;

  /** Calls of a workspace without limits. */
  private static final int UNLIMITED = 50;

  /** How long to wait until somebody hears of a part. A worker that is free looks every second. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** How long to wait for somebody who has heard of a part and is about to take it. */
  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** How often workspaces are offered if those who take them do not finish them. */
  private static final int MOST_OFFERS = 5;

  private final RunContext context;
  private final RowSenders senders;
  private final RunSettings.Help help;
  private final PartTable parts;
  private final Map<Integer, Offer> offers = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "helpers");
  private int lastPart;

  /** Up to where in the journal the outcomes of others are known. */
  private long position;

  /** The calls of others since the start, by the places of their workspaces. */
  private final Map<Integer, Long> callsByPlace = new HashMap<>();

  private boolean isAskedToEnd;

  /** A part that others can take, or have taken. */
  private record Offer(List<OpenWorkspace> workspaces, int attempt, long since) {

    boolean isOlderThan(Duration age) {
      return System.nanoTime() - since > age.toNanos();
    }
  }

  /**
   * @param help how others hear of what they can do
   */
  Helpers(RunContext context, RowSenders senders, RunSettings.Help help) {
    this.context = context;
    this.senders = senders;
    this.help = help;
    this.parts = context.store().parts(context.run());
    thread.setDaemon(true);
  }

  /** Offers what others could send, if there is much. Call before the first row is sent. */
  void start() throws IOException {
    List<List<OpenWorkspace>> shares = shares();
    if (shares.isEmpty()) {
      return;
    }
    // So far, only this process has put something on record.
    position = context.journal().length();
    parts.clear();
    try {
      for (List<OpenWorkspace> share : shares) {
        offer(share, 1);
      }
    } finally {
      thread.start();
    }
  }

  /** The workspaces for each of the others. The first workspace stays here. */
  private List<List<OpenWorkspace>> shares() {
    List<OpenWorkspace> left =
        context.workspaces().stream()
            .skip(1)
            .filter(OpenWorkspace::isReady)
            .filter(this::hasOpenRows)
            .toList();
    int processes =
        help.processes()
            .orElseGet(
                () ->
                    Math.min(MOST_PROCESSES, 1 + (int) (callsPerSecond(left) / CALLS_PER_SECOND)));
    int others = Math.min(processes - 1, left.size());
    List<List<OpenWorkspace>> shares = new ArrayList<>();
    for (int other = 0; other < others; other++) {
      List<OpenWorkspace> share = new ArrayList<>();
      // The last of each round is for this process.
      for (int i = other; i < left.size(); i += processes) {
        share.add(left.get(i));
      }
      shares.add(share);
    }
    return shares;
  }

  private static double callsPerSecond(List<OpenWorkspace> workspaces) {
    return workspaces.stream()
        .mapToDouble(
            workspace ->
                RateWindow.perSecond(workspace.workspace().client().windows()).orElse(UNLIMITED))
        .sum();
  }

  private boolean hasOpenRows(OpenWorkspace workspace) {
    String name = workspace.name();
    return context.progress().rows(name) > context.progress().done(name);
  }

  private void offer(List<OpenWorkspace> workspaces, int attempt) throws IOException {
    int part = ++lastPart;
    offers.put(part, new Offer(workspaces, attempt, System.nanoTime()));
    workspaces.forEach(workspace -> workspace.setSentElsewhere(true));
    parts.offer(part, workspaces.stream().map(OpenWorkspace::place).toList());
    help.offer(context.run(), parts.session(), part);
  }

  private void run() {
    try {
      while (!offers.isEmpty()) {
        if (senders.isStopped() || context.isStopped()) {
          askToEnd();
        }
        keepUp();
        Map<Integer, PartTable.Part> partByNumber =
            parts.list().stream().collect(Collectors.toMap(PartTable.Part::number, part -> part));
        for (int number : List.copyOf(offers.keySet())) {
          settle(number, partByNumber.get(number));
        }
        boolean unused = closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      senders.fail(e);
    } finally {
      // After a failure, nothing more is sent for them.
      offers.values().forEach(offer -> goOn(offer.workspaces()));
    }
  }

  private void askToEnd() throws IOException {
    if (!isAskedToEnd) {
      parts.askToEnd();
      isAskedToEnd = true;
    }
  }

  /**
   * Takes over what the others have put on record.
   *
   * @return what they have done in the workspaces of the run, by place
   */
  private List<WorkspaceTotals> keepUp() {
    position = context.store().followRows(context.run(), position, this::add, this::addCall);
    List<WorkspaceTotals> totals = context.store().runs().workspaces(context.run());
    for (Offer offer : offers.values()) {
      for (OpenWorkspace workspace : offer.workspaces()) {
        workspace.doneElsewhere(totals.get(workspace.place()));
      }
    }
    return totals;
  }

  private void add(RowOutcome outcome) {
    OpenWorkspace workspace = context.workspaceByName().get(outcome.workspace());
    if (workspace != null && workspace.isSentElsewhere()) {
      if (outcome.attempts() > 0) {
        context.progress().sent(workspace.name());
      }
      senders.recorded(workspace, outcome);
    }
  }

  private void addCall(int place) {
    if (context.workspaces().get(place).isSentElsewhere()) {
      callsByPlace.merge(place, 1L, Long::sum);
    }
  }

  /** A process that was lost, or has failed, has not told its last calls. */
  private void keepCalls(Offer offer, List<WorkspaceTotals> told) {
    Map<Integer, WorkspaceTotals> counted = new HashMap<>();
    for (OpenWorkspace workspace : offer.workspaces()) {
      int place = workspace.place();
      WorkspaceTotals totals =
          workspace.withCalls(told.get(place), callsByPlace.getOrDefault(place, 0L));
      workspace.doneElsewhere(totals);
      counted.put(place, totals);
    }
    context.store().runs().note(context.run(), counted);
  }

  private void settle(int number, PartTable.@Nullable Part part) throws IOException {
    Offer offer = Objects.requireNonNull(offers.get(number));
    if (part == null) {
      // It could not be offered.
      goOn(number, offer);
      return;
    }
    switch (part.state()) {
      case OFFERED -> {
        if ((isAskedToEnd || isInVain(number, offer)) && parts.withdraw(number)) {
          help.withdraw(context.run(), parts.session(), number);
          goOn(number, offer);
        }
      }
      case OVER, LOST -> {
        Optional<WorkSession.Conflict> conflict = parts.takeBack(part);
        // What it has recorded at last.
        List<WorkspaceTotals> told = keepUp();
        // Whoever has sent every row has told all its calls. Not every call in the journal was
        // sent.
        if (part.state() == PartTable.State.LOST
            || (!isAskedToEnd && offer.workspaces().stream().anyMatch(this::hasOpenRows))) {
          keepCalls(offer, told);
        }
        if (conflict.isPresent()) {
          stop(offer.workspaces(), conflict.get());
          parts.forget(part);
        }
        stopAsRecorded(offer, told);
        goOnOrOffer(number, offer);
      }
      case TAKEN -> {
        // It goes on.
      }
    }
  }

  private boolean isInVain(int number, Offer offer) {
    return offer.isOlderThan(LONGEST_PATIENCE)
        || (offer.isOlderThan(PATIENCE) && !help.isAwaited(context.run(), parts.session(), number));
  }

  /** Another run was quicker than this process when the one that had the workspaces was lost. */
  private static void stop(List<OpenWorkspace> workspaces, WorkSession.Conflict other) {
    workspaces.forEach(
        workspace ->
            workspace.stop(
                new Stop(
                    ExitCode.STOPPED_EARLY,
                    "the process that sent its rows was lost, and now another run has the workspace ("
                        + other
                        + ")")));
  }

  private static void stopAsRecorded(Offer offer, List<WorkspaceTotals> told) {
    for (OpenWorkspace workspace : offer.workspaces()) {
      WorkspaceTotals ended = told.get(workspace.place());
      if (ended.exitCode() != null && ended.stopped() != null) {
        workspace.stop(new Stop(ExitCode.of(ended.exitCode()), ended.stopped()));
      }
    }
  }

  private void goOnOrOffer(int number, Offer offer) throws IOException {
    List<OpenWorkspace> left =
        offer.workspaces().stream()
            .filter(workspace -> !workspace.isStopped() && hasOpenRows(workspace))
            .toList();
    if (left.isEmpty() || offer.attempt() == MOST_OFFERS || isAskedToEnd) {
      goOn(number, offer);
      return;
    }
    offers.remove(number);
    goOn(offer.workspaces().stream().filter(workspace -> !left.contains(workspace)).toList());
    offer(left, offer.attempt() + 1);
  }

  private void goOn(int number, Offer offer) {
    offers.remove(number);
    goOn(offer.workspaces());
  }

  /** This process sends what is left of the workspaces. */
  private void goOn(List<OpenWorkspace> workspaces) {
    for (OpenWorkspace workspace : workspaces) {
      RowSender sender = senders.of(workspace);
      if (!hasOpenRows(workspace)) {
        sender.endedElsewhere();
      }
      workspace.setSentElsewhere(false);
      sender.wake();
    }
  }

  /** Waits until nobody else sends rows of the run. */
  @Override
  public void close() {
    closing.countDown();
    Threads.join(thread);
  }
}
