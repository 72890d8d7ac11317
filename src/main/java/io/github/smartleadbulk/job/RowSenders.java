package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.HeapShare;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.guard.Share;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowReader;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunSettings;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.run.StoredGuards;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of all workspaces side by side with a few threads. The workspaces go on whether or
 * not the lines of their rows can be written yet. Thread-safe.
 */
final class RowSenders implements AutoCloseable {

  /** Planning a row takes microseconds, and calls take no thread of these. */
  private static final int MOST_THREADS = 4;

  /** How many rows of all workspaces can be started and not on record. */
  private static final int MOST_UNRECORDED = 20_000;

  /** The same for one workspace, if there are very many. */
  private static final int LEAST_UNRECORDED = 64;

  private final RunContext context;
  private final InputParts input;
  private final List<OpenWorkspace> workspaces;
  private final @Nullable Helpers helpers;
  private final OrderedOutcomes outcomes;

  /** By the places of their workspaces. */
  private volatile Map<Integer, RowSender> senders = Map.of();

  private final ConcurrentLinkedDeque<RowPlanner> planners = new ConcurrentLinkedDeque<>();

  /** The texts of calls in flight and of rows that wait for another attempt. */
  private final ByteBudget texts = new ByteBudget(HeapShare.BYTES);

  private final ExecutorService threads;
  private final CallCount callCount;
  private final AtomicLong failures;

  /** The failures of workspaces that have a limit of their own. */
  private final Map<String, AtomicLong> failuresByWorkspace = new HashMap<>();

  private volatile @Nullable RowReader reader;
  private volatile boolean joinsRows;
  private volatile boolean stopped;
  private @Nullable Throwable failure;

  /**
   * @param input with the rows of the workspaces
   * @param workspaces those of the run whose rows to send
   */
  RowSenders(RunContext context, InputParts input, List<OpenWorkspace> workspaces) {
    this.context = context;
    this.input = input;
    this.workspaces = workspaces;
    RunSettings.Help help = context.settings().help();
    this.helpers = help == null ? null : new Helpers(context, this, help);
    this.outcomes =
        new OrderedOutcomes(context.store().outcomes(), context.run(), context.journalled());
    this.callCount = new CallCount(context);
    this.failures = new AtomicLong(context.failedBefore());
    int size = Math.min(workspaces.size(), MOST_THREADS);
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            RowSenders::thread,
            // Whoever is woken after the end has nothing to do.
            new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sender");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts to send the rows of all workspaces, if nobody has done that yet. If that fails, the
   * {@linkplain #checkFailure failure} is the end of all.
   */
  synchronized void start() {
    if (!senders.isEmpty() || failure != null) {
      return;
    }
    try {
      open();
      if (helpers != null) {
        helpers.start();
      }
    } catch (IOException | RuntimeException | Error e) {
      // Nobody must wait for rows that are not sent.
      fail(e);
      outcomes.end(e);
      return;
    }
    context.progress().sending();
    callCount.start();
    CompletableFuture<?> unused =
        CompletableFuture.allOf(
                senders.values().stream().map(RowSender::done).toArray(CompletableFuture[]::new))
            .whenComplete((all, none) -> outcomes.end(failure()));
    for (OpenWorkspace workspace : workspaces) {
      if (!workspace.isLate()) {
        of(workspace).wake();
      }
    }
  }

  /**
   * Starts to send the rows of a workspace that was late. Rows that find their accounts by address
   * may share them with others, as is known only now.
   */
  void startLate(OpenWorkspace workspace) throws IOException {
    try {
      readRows();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
    } finally {
      workspace.setLate(false);
      of(workspace).wake();
    }
  }

  private void open() throws IOException {
    context.progress().inspected(context.rows(), context.rowsByWorkspace());
    workspaces.forEach(w -> context.store().snapshots().forbidReuse(w.recorded()));
    openFailures();
    readRows();
    int most = Math.max(LEAST_UNRECORDED, MOST_UNRECORDED / workspaces.size());
    Map<Integer, RowSender> opened = new TreeMap<>();
    for (OpenWorkspace workspace : workspaces) {
      opened.put(
          workspace.place(), new RowSender(context, workspace, this, input.rows(workspace), most));
    }
    senders = opened;
  }

  private void readRows() throws IOException {
    Duplicates duplicates = context.duplicates();
    joinsRows = !duplicates.isEmpty();
    RowPlanner planner = borrowPlanner();
    reader = context.prepared().input().rowReader(duplicates, planner.addressBook());
    giveBack(planner);
  }

  private void openFailures() {
    for (OpenWorkspace workspace : workspaces) {
      if (!context.hasOwn(StoredGuards.MAX_FAILURES, workspace.name())) {
        continue;
      }
      long before = context.failedBefore(workspace.name());
      failuresByWorkspace.put(workspace.name(), new AtomicLong(before));
      Share most = Objects.requireNonNull(context.guards(workspace).maxFailures());
      long rows = rowsOf(workspace);
      if (most.isExceededBy(before, rows)) {
        workspace.stop(
            new Stop(ExitCode.GUARD, context.tooManyFailures(workspace, most, before, rows)));
      }
    }
  }

  /** The number of rows that are for a workspace; 0 if they were not counted. */
  private long rowsOf(OpenWorkspace workspace) {
    return Math.max(0, context.progress().rows(workspace.name()));
  }

  /** Sends the rows of a workspace. */
  RowSender of(OpenWorkspace workspace) {
    return Objects.requireNonNull(senders.get(workspace.place()));
  }

  /** The outcomes of all rows in the order of the input. */
  OrderedOutcomes outcomes() {
    return outcomes;
  }

  ByteBudget texts() {
    return texts;
  }

  Executor executor() {
    return threads;
  }

  /** Whether rows of the input may be joined to others. */
  boolean joinsRows() {
    return joinsRows;
  }

  /** Takes a planner, which belongs to one thread until it is given back. */
  RowPlanner borrowPlanner() {
    RowPlanner planner = planners.poll();
    return planner == null ? new RowPlanner(context) : planner;
  }

  void giveBack(RowPlanner planner) {
    planners.push(planner);
  }

  InputRow read(AccountRow row, RowPlanner planner) {
    return Objects.requireNonNull(reader).read(row, planner.addressBook());
  }

  /** A row of a workspace is on record. Several threads call this. */
  void recorded(OpenWorkspace workspace, RowOutcome outcome) {
    context.progress().ended(outcome.workspace(), outcome.status());
    if (outcome.status() == RowStatus.FAILED || outcome.status() == RowStatus.UNCERTAIN) {
      countFailure(workspace);
    }
    outcomes.add(outcome);
  }

  /** The thread whose row exceeds the limit stops the run, or the workspace with its own limit. */
  private void countFailure(OpenWorkspace workspace) {
    Share most = context.guards(workspace).maxFailures();
    if (most == null) {
      return;
    }
    AtomicLong ownFailures = failuresByWorkspace.get(workspace.name());
    long count = (ownFailures == null ? failures : ownFailures).incrementAndGet();
    long rows = ownFailures == null ? context.progress().rows() : rowsOf(workspace);
    if (!most.isExceededBy(count, rows) || most.isExceededBy(count - 1, rows)) {
      return;
    }
    if (ownFailures == null) {
      context.stop(new Stop(ExitCode.GUARD, context.tooManyFailures(most, count)));
    } else {
      workspace.stop(
          new Stop(ExitCode.GUARD, context.tooManyFailures(workspace, most, count, rows)));
    }
  }

  /** Something went wrong that concerns all workspaces. Keeps the first cause. */
  void fail(Throwable cause) {
    synchronized (this) {
      if (failure == null) {
        failure =
            cause instanceof CompletionException && cause.getCause() != null
                ? cause.getCause()
                : cause;
      }
    }
    stop();
  }

  private synchronized @Nullable Throwable failure() {
    return failure;
  }

  /**
   * @throws Exception what has gone wrong, if anything has
   */
  void checkFailure() throws Exception {
    Throwable cause = failure();
    if (cause instanceof Error error) {
      throw error;
    } else if (cause != null) {
      throw (Exception) cause;
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /** Takes no new rows. Calls in flight end normally. */
  void stop() {
    stopped = true;
    senders.values().forEach(RowSender::wake);
  }

  /** Waits until nothing is on its way, and ends the threads. Interrupts nobody. */
  @Override
  public void close() throws IOException {
    stop();
    callCount.close();
    for (RowSender sender : senders.values()) {
      Boolean unused = sender.done().join();
    }
    if (helpers != null) {
      helpers.close();
    }
    threads.shutdown();
    for (RowPlanner planner = planners.poll(); planner != null; planner = planners.poll()) {
      planner.close();
    }
    for (RowSender sender : senders.values()) {
      sender.close();
    }
  }
}
