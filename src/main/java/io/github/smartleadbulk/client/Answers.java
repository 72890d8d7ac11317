package io.github.smartleadbulk.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for results from the client and the journal. */
public final class Answers {

  private static final long A_MOMENT_MILLIS = 200;

  private Answers() {}

  /**
   * Returns the result, or null if somebody has had enough of waiting.
   *
   * @param isEnough is asked several times a second
   */
  public static <T> @Nullable T await(CompletableFuture<T> future, BooleanSupplier isEnough)
      throws InterruptedException {
    while (!isEnough.getAsBoolean()) {
      try {
        return future.get(A_MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (TimeoutException e) {
        // Whoever waits is asked again.
      }
    }
    return null;
  }

  /** Returns the result. A refusal by the API is a result too, so every exception is a fault. */
  public static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
