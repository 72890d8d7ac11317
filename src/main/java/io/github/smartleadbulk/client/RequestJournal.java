package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Answer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Records the calls and the answer of one row. Called on any thread.
 *
 * @param <T> the recorded form of the answer
 */
public interface RequestJournal<T> {

  /**
   * Records a call that is about to be sent. It is sent when the result has completed. If the
   * result fails, the client stops and the call is not made, because an unrecorded call could break
   * the limits later.
   */
  CompletableFuture<Void> sending(Instant at);

  /** Records the answer, or that the client stopped before there was one. Called once. */
  CompletableFuture<T> answered(Answer answer);
}
