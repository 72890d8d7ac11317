package io.github.smartleadbulk.cli.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A question on the terminal that a signal or a deadline can end. */
public record Question(ProcessEnvironment environment, String text) {

  private static final long LOOK_EVERY_MS = 50;

  /**
   * Asks and waits for the answer.
   *
   * @param isOver whether the question is no longer needed
   * @return false if the answer is no, or if the question is over
   */
  public boolean agrees(BooleanSupplier isOver) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    // Nothing can interrupt a thread that reads from a terminal, so it is left behind.
    Thread reader = new Thread(() -> answer.complete(environment.agrees(text)), "question");
    reader.setDaemon(true);
    reader.start();
    try {
      while (!isOver.getAsBoolean()) {
        try {
          return answer.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // The loop looks whether the question is over.
        }
      }
      return false;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
