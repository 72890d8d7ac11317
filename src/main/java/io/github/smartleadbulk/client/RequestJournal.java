package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Answer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Where the calls of one row go on record, and the answer. Called on any thread.
 *
 * @param <T> what the answer becomes on record
 */
public interface RequestJournal<T> {

  /**
   * A call is about to be sent. It is sent when the result has completed; where that fails, the
   * client stops and the call is not made: a call that is sent and forgotten is one too many later.
   */
  CompletableFuture<Void> sending(Instant at);

  /** The row's fate is known, or the client has stopped before it was. Called once. */
  CompletableFuture<T> answered(Answer answer);
}
