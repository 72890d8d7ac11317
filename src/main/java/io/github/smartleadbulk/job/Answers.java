package io.github.smartleadbulk.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for results from the client and the journal. */
final class Answers {

  private Answers() {}

  /** Returns the result. A refusal by the API is a result too, so every exception is a fault. */
  static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
