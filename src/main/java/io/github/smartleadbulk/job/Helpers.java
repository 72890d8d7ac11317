package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.RowOutcome;
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
  private final RunSettings.@Nullable Help help;
  private final Map<Integer, Offer> offers = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "helpers");
  private @Nullable PartTable table;
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

  Helpers(RunContext context, RowSenders senders) {
    this.context = context;
    this.senders = senders;
    this.help = context.settings().help();
    thread.setDaemon(true);
  }

  /** Offers what others could send, if there is much. Call before the first row is sent. */
  void start() throws IOException {
    if (help == null) {
      return;
    }
    List<List<OpenWorkspace>> shares = shares(help);
    if (shares.isEmpty()) {
      return;
    }
    PartTable parts = context.store().parts(context.run());
    table = parts;
    // So far, only this process has put something on record.
    position =
        context
            .store()
            .followRows(context.run(), context.journalled().length(), row -> {}, call -> {});
    parts.clear();
    try {
      for (List<OpenWorkspace> share : shares) {
        offer(parts, help, share, 1);
      }
    } finally {
      thread.start();
    }
  }

  /** The workspaces for each of the others. The first workspace stays here. */
  private List<List<OpenWorkspace>> shares(RunSettings.Help wanted) {
    List<OpenWorkspace> left =
        context.workspaces().stream()
            .skip(1)
            .filter(OpenWorkspace::isReady)
            .filter(this::hasOpenRows)
            .toList();
    int processes =
        wanted
            .processes()
            .orElseGet(
                () ->
                    Math.min(MOST_PROCESSES, 1 + (int) (callsPerSecond(left) / CALLS_PER_SECOND)));
    int parts = Math.min(processes - 1, left.size());
    List<List<OpenWorkspace>> shares = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<OpenWorkspace> share = new ArrayList<>();
      // The last of each round is for this process, if there are enough.
      for (int i = part; i < left.size(); i += left.size() > parts ? processes : parts) {
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

  private void offer(
      PartTable parts, RunSettings.Help wanted, List<OpenWorkspace> workspaces, int attempt)
      throws IOException {
    int part = ++lastPart;
    offers.put(part, new Offer(workspaces, attempt, System.nanoTime()));
    workspaces.forEach(workspace -> workspace.setSentElsewhere(true));
    parts.offer(part, workspaces.stream().map(OpenWorkspace::place).toList());
    wanted.offer(context.run(), parts.session(), part);
  }

  private void run() {
    try {
      PartTable parts = Objects.requireNonNull(table);
      while (!offers.isEmpty()) {
        if (senders.isStopped() || context.isStopped()) {
          askToEnd(parts);
        }
        follow();
        Map<Integer, PartTable.Part> partByNumber =
            parts.list().stream().collect(Collectors.toMap(PartTable.Part::number, part -> part));
        for (int number : List.copyOf(offers.keySet())) {
          settle(parts, number, partByNumber.get(number));
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

  private void askToEnd(PartTable parts) throws IOException {
    if (!isAskedToEnd) {
      parts.askToEnd();
      isAskedToEnd = true;
    }
  }

  /** Takes over what the others have put on record. */
  private void follow() {
    position = context.store().followRows(context.run(), position, this::add, this::addCall);
    List<WorkspaceTotals> totals = context.store().runs().workspaces(context.run());
    for (Offer offer : offers.values()) {
      for (OpenWorkspace workspace : offer.workspaces()) {
        workspace.doneElsewhere(totals.get(workspace.place()));
      }
    }
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
  private void keepCalls(Offer offer) {
    List<WorkspaceTotals> told = context.store().runs().workspaces(context.run());
    Map<Integer, WorkspaceTotals> counted = new HashMap<>();
    for (OpenWorkspace workspace : offer.workspaces()) {
      int place = workspace.place();
      counted.put(
          place, workspace.withCalls(told.get(place), callsByPlace.getOrDefault(place, 0L)));
    }
    context.store().runs().note(context.run(), counted);
  }

  private void settle(PartTable parts, int number, PartTable.@Nullable Part part)
      throws IOException {
    Offer offer = Objects.requireNonNull(offers.get(number));
    if (part == null) {
      // It could not be offered.
      goOn(number, offer);
      return;
    }
    switch (part.state()) {
      case OFFERED -> {
        if ((isAskedToEnd || isInVain(parts, number, offer)) && parts.withdraw(number)) {
          Objects.requireNonNull(help).withdraw(context.run(), parts.session(), number);
          goOn(number, offer);
        }
      }
      case OVER, LOST -> {
        Optional<WorkSession.Conflict> conflict = parts.takeBack(part);
        // What it has recorded at last.
        follow();
        // Whoever has sent every row has told all its calls. Not every call in the journal was
        // sent.
        if (part.state() == PartTable.State.LOST
            || (!isAskedToEnd && offer.workspaces().stream().anyMatch(this::hasOpenRows))) {
          keepCalls(offer);
          follow();
        }
        conflict.ifPresent(other -> stop(offer.workspaces(), other));
        if (conflict.isPresent()) {
          parts.forget(part);
        }
        stopAsRecorded(offer);
        goOnOrOffer(parts, number, offer);
      }
      case TAKEN -> {
        // It goes on.
      }
    }
  }

  private boolean isInVain(PartTable parts, int number, Offer offer) {
    return offer.isOlderThan(LONGEST_PATIENCE)
        || (offer.isOlderThan(PATIENCE)
            && !Objects.requireNonNull(help).isAwaited(context.run(), parts.session(), number));
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

  private void stopAsRecorded(Offer offer) {
    List<WorkspaceTotals> totals = context.store().runs().workspaces(context.run());
    for (OpenWorkspace workspace : offer.workspaces()) {
      WorkspaceTotals ended = totals.get(workspace.place());
      if (ended.exitCode() != null && ended.stopped() != null) {
        workspace.stop(new Stop(ExitCode.of(ended.exitCode()), ended.stopped()));
      }
    }
  }

  private void goOnOrOffer(PartTable parts, int number, Offer offer) throws IOException {
    List<OpenWorkspace> left =
        offer.workspaces().stream()
            .filter(workspace -> !workspace.isStopped() && hasOpenRows(workspace))
            .toList();
    if (left.isEmpty() || offer.attempt() == MOST_OFFERS || isAskedToEnd || help == null) {
      goOn(number, offer);
      return;
    }
    offers.remove(number);
    goOn(offer.workspaces().stream().filter(workspace -> !left.contains(workspace)).toList());
    offer(parts, help, left, offer.attempt() + 1);
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
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
