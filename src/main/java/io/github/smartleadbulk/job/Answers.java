package io.github.smartleadbulk.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what the client and the journal have promised. */
final class Answers {

  private Answers() {}

  /** The answer. It is a value also where the API refused; anything else is a fault. */
  static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
