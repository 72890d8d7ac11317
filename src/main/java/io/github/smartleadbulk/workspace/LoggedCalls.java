package io.github.smartleadbulk.workspace;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.PermitGrant;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.client.CallHistory;
import io.github.smartleadbulk.client.SharedBudget;
import io.github.smartleadbulk.postgres.PermitDesk;
import io.github.smartleadbulk.postgres.ServerFailure;
import io.github.smartleadbulk.state.CallLog;
import io.github.smartleadbulk.state.RunJournal;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.Workspace.CallMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The record of calls in the state folder, through which the limiter knows the calls of earlier
 * processes.
 *
 * @param journal the journal of the run that makes the calls; null for a command that is not a run
 * @param place of the workspace among those of the run
 * @param kept whether the calls count for later processes
 */
public record LoggedCalls(CallLog log, @Nullable RunJournal journal, int place, CallMemory kept)
    implements CallHistory, AutoCloseable {

  /** Keeps calls on record even if the clock is set back a little. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /** Keeps calls for at least this long, because another process may have longer windows. */
  private static final Duration LEAST = Duration.ofHours(1);

  /** Opens the record of the calls to a workspace by a command that is not a run. */
  public static LoggedCalls open(StateStore store, Workspace workspace, Clock clock) {
    return open(store, workspace, null, 0, clock);
  }

  /** Opens the record of the calls to a workspace to read it. */
  public static LoggedCalls toRead(
      StateStore store, RunSpec.Workspace workspace, List<RateWindow> windows, Clock clock) {
    return open(store, workspace.caller(), windows, null, 0, CallMemory.KEPT, clock);
  }

  /**
   * Opens the record of the calls to a workspace by a run.
   *
   * @param place of the workspace among those of the run
   */
  public static LoggedCalls open(
      StateStore store, Workspace workspace, @Nullable RunJournal journal, int place, Clock clock) {
    return open(
        store,
        workspace.recorded().caller(),
        workspace.client().windows(),
        journal,
        place,
        workspace.callMemory(),
        clock);
  }

  private static LoggedCalls open(
      StateStore store,
      String caller,
      List<RateWindow> windows,
      @Nullable RunJournal journal,
      int place,
      CallMemory kept,
      Clock clock) {
    Duration longest =
        windows.stream()
            .map(RateWindow::length)
            .max(Comparator.naturalOrder())
            .filter(length -> length.compareTo(LEAST) > 0)
            .orElse(LEAST);
    CallLog log = store.calls(caller, longest.plus(MARGIN), clock);
    // Without limits the record is not needed, and it would be very large.
    return new LoggedCalls(log, journal, place, windows.isEmpty() ? CallMemory.NONE : kept);
  }

  /** Every call that is kept needs a permit if other processes make calls at the same time. */
  @Override
  public Optional<SharedBudget> budget() {
    return kept == CallMemory.KEPT ? log.permits().map(LoggedCalls::budget) : Optional.empty();
  }

  @Override
  public boolean mayBeTakenOver() {
    return log.permits().isPresent();
  }

  @Override
  public boolean isAway(Throwable failure) {
    return ServerFailure.find(failure).isPresent();
  }

  /** The limits of a key, as permits of a database enforce them. */
  public static SharedBudget budget(PermitDesk.KeyPermits permits) {
    return new SharedBudget() {
      @Override
      public CompletableFuture<PermitGrant> take(
          int wanted, List<RateWindow> windows, Duration life) {
        return permits.take(wanted, windows, life);
      }

      @Override
      public CompletableFuture<Void> ended(long permit) {
        return permits.ended(permit);
      }

      @Override
      public CompletableFuture<Void> neverSent(List<Long> given) {
        return permits.neverSent(given);
      }
    };
  }

  @Override
  public List<Instant> since(Instant from, Instant now) {
    // With permits, the database counts them.
    return kept == CallMemory.KEPT && log.permits().isEmpty() ? log.since(from, now) : List.of();
  }

  /** Records a call that reads accounts and has no row. */
  @Override
  public CompletableFuture<Void> record(Instant sentAt) {
    if (journal == null) {
      return kept == CallMemory.KEPT ? log.record(sentAt) : CompletableFuture.completedFuture(null);
    }
    return journal.intendToRead(sentAt, remember(sentAt), place);
  }

  /** Records a call that changes an account. */
  public CompletableFuture<Void> record(Instant sentAt, long row, Changes changes) {
    return Objects.requireNonNull(journal).intend(sentAt, remember(sentAt), row, changes, place);
  }

  /** Remembers the call and returns the key whose limits it counts against; null for none. */
  private @Nullable String remember(Instant sentAt) {
    if (kept == CallMemory.NONE) {
      return null;
    }
    log.add(sentAt);
    return log.caller();
  }

  @Override
  public void close() {
    log.close();
  }
}
