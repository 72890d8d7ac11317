package io.github.smartleadbulk.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The record of all calls of this key to this server, in all processes. Not used without rate
 * windows.
 */
public interface CallHistory {

  /**
   * The calls since {@code from}, in any order. Called once, when the client starts.
   *
   * @param now calls with a later time are dated back to this
   */
  List<Instant> since(Instant from, Instant now);

  /**
   * Records a call that has no {@link RequestJournal} and is about to be sent. It is sent when the
   * result has completed, so that a later process finds it. If the result fails, the client stops
   * and the call is not made. Called on several threads, perhaps at the same time.
   */
  CompletableFuture<Void> record(Instant sentAt);

  /**
   * The limits of the key if several processes use it at the same time; empty if only this process
   * uses it. Called once, when the client starts.
   */
  default Optional<SharedBudget> budget() {
    return Optional.empty();
  }

  /**
   * Whether another process may take over from this one. Then a call is sent only soon after it was
   * recorded: later, this process may have been paused or cut off meanwhile.
   */
  default boolean mayBeTakenOver() {
    return budget().isPresent();
  }

  /**
   * Whether a failure of the record means that it is away, or that others may have taken over, and
   * not that this call cannot be recorded.
   */
  default boolean isAway(Throwable failure) {
    return false;
  }

  /** A record that remembers nothing. */
  static CallHistory none() {
    return new CallHistory() {
      @Override
      public List<Instant> since(Instant from, Instant now) {
        return List.of();
      }

      @Override
      public CompletableFuture<Void> record(Instant sentAt) {
        return CompletableFuture.completedFuture(null);
      }
    };
  }
}
