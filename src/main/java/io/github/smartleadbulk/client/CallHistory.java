package io.github.smartleadbulk.client;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The limiter's memory across processes: the calls of this key to this server, whoever made them.
 * Not used where there are no rate windows.
 */
public interface CallHistory {

  /**
   * The calls from {@code from} on, in any order; asked for once, when the client starts.
   *
   * @param now what is on record of later than that is to be dated back
   */
  List<Instant> since(Instant from, Instant now);

  /**
   * A call that has no {@link RequestJournal} is about to be sent. It is sent when the result has
   * completed, so that a later process finds it; where that fails, the client stops and the call is
   * not made. Called on the threads that send, perhaps at the same time.
   */
  CompletableFuture<Void> record(Instant sentAt);

  /** Remembers nothing. */
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
