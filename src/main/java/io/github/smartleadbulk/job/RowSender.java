package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.client.RequestJournal;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.job.InputParts.RowSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of one workspace, in their order, whenever its client has room. It has no thread:
 * a {@linkplain RowSenders shared} one works on it when there is something to do, for some rows at
 * a time, so that a workspace that waits holds up no other.
 */
final class RowSender {

  private static final int ROWS_AT_ONCE = 50;

  private final RunContext context;
  private final OpenWorkspace workspace;
  private final RowSenders shared;
  private final RowSource rows;
  private final Canary canary;

  /** How many rows can be started and not on record. */
  private final int mostUnrecorded;

  /** The rows that other rows may be joined to, while they are sent. */
  private final Map<Long, CompletableFuture<Optional<RowOutcome>>> leaders =
      new ConcurrentHashMap<>();

  private final AtomicInteger wakeUps = new AtomicInteger();

  /** The rows that are started and not on record, and one more until the last row is started. */
  private final AtomicInteger unrecorded = new AtomicInteger(1);

  private final CompletableFuture<Boolean> done = new CompletableFuture<>();

  /** The next row to send, while the client has no room; only for the thread at work. */
  private PlannedRow.@Nullable ToSend pending;

  /** Whether the texts of the pending row are counted. */
  private boolean hasTexts;

  private boolean allStarted;
  private volatile boolean endedElsewhere;
  private volatile boolean leftOpen;
  private final LongAdder started = new LongAdder();
  private final LongAdder recorded = new LongAdder();

  RowSender(
      RunContext context,
      OpenWorkspace workspace,
      RowSenders shared,
      RowSource rows,
      int mostUnrecorded) {
    this.context = context;
    this.workspace = workspace;
    this.shared = shared;
    this.rows = rows;
    this.mostUnrecorded = mostUnrecorded;
    this.canary = new Canary(context, workspace, shared.executor());
  }

  /** Completes when nothing more will happen: whether every row of the workspace is on record. */
  CompletableFuture<Boolean> done() {
    return done;
  }

  /** The number of rows that this process has started. */
  long started() {
    return started.sum();
  }

  /** The number of rows that this process has put on record. */
  long recorded() {
    return recorded.sum();
  }

  /**
   * Looks soon whether there is something to do, unless another process sends these rows. Any
   * thread can call it.
   */
  void wake() {
    if (!workspace.isSentElsewhere() && wakeUps.getAndIncrement() == 0) {
      shared.executor().execute(this::work);
    }
  }

  /**
   * Every row is on record, so nothing that stops the workspace leaves one open. Call before this
   * process {@linkplain OpenWorkspace#setSentElsewhere goes on} with the workspace.
   */
  void endedElsewhere() {
    endedElsewhere = true;
  }

  private void work() {
    int seen = wakeUps.get();
    boolean more = false;
    try {
      more = !allStarted && startRows();
    } catch (IOException | RuntimeException | Error e) {
      // This includes an Error: the run must not wait forever.
      shared.fail(e);
      startedAll(false);
    }
    if (more || wakeUps.addAndGet(-seen) != 0) {
      shared.executor().execute(this::work);
    }
  }

  /**
   * Starts rows until there is nothing to do now, or others must have their turn.
   *
   * @return whether to continue at once
   */
  private boolean startRows() throws IOException {
    if (endedElsewhere) {
      startedAll(true);
      return false;
    }
    if (isOver()) {
      if (pending != null && hasTexts) {
        shared.texts().give(pending.changes().bytes());
        hasTexts = false;
      }
      startedAll(false);
      return false;
    }
    if (mustWait()) {
      return false;
    }
    RowPlanner planner = shared.borrowPlanner();
    try {
      for (int i = 0; i < ROWS_AT_ONCE; i++) {
        AccountRow row = rows.next();
        if (row == null) {
          return end();
        }
        if (!shared.outcomes().isEnded(row.number())) {
          start(shared.read(row, planner), planner);
        }
        if (isOver() || mustWait()) {
          return isOver();
        }
      }
      return true;
    } finally {
      shared.giveBack(planner);
    }
  }

  /** Whether something keeps the next row back. Whatever it is wakes this sender. */
  private boolean mustWait() {
    return canary.isChecking() || unrecorded.get() > mostUnrecorded || !sendPending();
  }

  private boolean isOver() {
    return shared.isStopped() || workspace.isStopped();
  }

  /** The workspace has no more rows. Returns whether to continue at once. */
  private boolean end() {
    if (canary.end(this::wake)) {
      startedAll(true);
    }
    return false;
  }

  private void start(InputRow row, RowPlanner planner) {
    started.increment();
    if (row.verdict() instanceof RowVerdict.Joined leader) {
      follow(join(row, leader.leaderRow()));
      return;
    }
    PlannedRow planned = planner.plan(row);
    if (planned instanceof PlannedRow.ToSend toSend) {
      pending = toSend;
    } else {
      follow(record(((PlannedRow.Ended) planned).outcome(), null));
    }
  }

  /** Gives a row that is joined to an earlier one the outcome of that row. */
  private CompletableFuture<Optional<RowOutcome>> join(InputRow row, long leader) {
    CompletableFuture<Optional<RowOutcome>> sent = leaders.get(leader);
    if (sent == null) {
      List<RowOutcome> found = context.store().outcomes().page(context.run(), leader - 1, 1);
      sent =
          CompletableFuture.completedFuture(
              found.stream().filter(outcome -> outcome.row() == leader).findFirst());
    }
    return sent.thenCompose(
        outcome ->
            outcome.isEmpty()
                ? CompletableFuture.completedFuture(outcome)
                : record(RowOutcomes.joined(row.row(), outcome.get()), null));
  }

  /** Returns false if the pending row has to wait. */
  private boolean sendPending() {
    PlannedRow.ToSend row = pending;
    if (row == null) {
      return true;
    }
    long bytes = row.changes().bytes();
    if (!hasTexts && !shared.texts().tryTake(bytes, this::wake)) {
      return false;
    }
    hasTexts = true;
    Optional<CompletableFuture<Optional<RowOutcome>>> sent =
        workspace.client().tryUpdate(row.update(), journal(row), this::wake);
    if (sent.isEmpty()) {
      return false;
    }
    pending = null;
    hasTexts = false;
    CompletableFuture<Optional<RowOutcome>> outcome =
        sent.get()
            .whenComplete(
                (kept, failure) -> {
                  shared.texts().give(bytes);
                  context.progress().sent(workspace.name());
                });
    if (shared.joinsRows()) {
      long number = row.row().row().number();
      leaders.put(number, outcome);
      CompletableFuture<?> unused = outcome.whenComplete((kept, failure) -> leaders.remove(number));
    }
    follow(outcome);
    canary.sent(row, outcome, this::wake);
    return true;
  }

  private RequestJournal<Optional<RowOutcome>> journal(PlannedRow.ToSend planned) {
    return new RequestJournal<>() {
      @Override
      public CompletableFuture<Void> sending(Instant at) {
        return workspace.calls().record(at, planned.row().row().number(), planned.changes());
      }

      @Override
      public CompletableFuture<Optional<RowOutcome>> answered(Answer answer) {
        return RowOutcomes.of(planned, answer, context.clock().instant())
            .map(outcome -> record(outcome, RowOutcomes.changes(planned, answer)))
            .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
      }
    };
  }

  private CompletableFuture<Optional<RowOutcome>> record(
      RowOutcome outcome, @Nullable Changes changes) {
    return context
        .journal()
        .record(outcome, changes)
        .thenApply(
            recorded -> {
              shared.recorded(workspace, recorded);
              return Optional.of(recorded);
            });
  }

  /** Counts a row until it is on record. */
  private void follow(CompletableFuture<Optional<RowOutcome>> outcome) {
    unrecorded.incrementAndGet();
    CompletableFuture<?> unused =
        outcome.whenComplete(
            (known, failure) -> {
              if (failure != null) {
                shared.fail(failure);
              }
              if (failure != null || known.isEmpty()) {
                leftOpen = true;
              } else {
                recorded.increment();
              }
              ended();
            });
  }

  /** Closes the input. Call when it is {@linkplain #done done}. */
  void close() throws IOException {
    rows.close();
  }

  private void startedAll(boolean toTheEnd) {
    if (!allStarted) {
      allStarted = true;
      leftOpen |= !toTheEnd;
      if (!toTheEnd) {
        context.tellStopped(workspace);
      }
      ended();
    }
  }

  private void ended() {
    int left = unrecorded.decrementAndGet();
    if (left == 0) {
      done.complete(!leftOpen);
    } else if (left == mostUnrecorded) {
      wake();
    }
  }
}
