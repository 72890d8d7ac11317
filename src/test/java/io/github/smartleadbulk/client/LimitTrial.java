package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Not a test: how long 400 rows take against a server that enforces what the client keeps to; 12 s
 * is the least. Arguments: least latency and mean of its tail in milliseconds, and {@code late} if
 * the server counts after that time instead of before.
 */
final class LimitTrial {

  private LimitTrial() {}

  public static void main(String[] args) throws Exception {
    LongSupplier latency = tail(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    boolean late = args.length > 2 && args[2].equals("late");
    String windows = "40/s,150/5s";
    try (EnforcingServer server =
            new EnforcingServer(
                Samples.windows(windows), late ? latency : () -> 0, late ? () -> 0 : latency);
        SmartleadClient client =
            SmartleadClient.create(Samples.settings(server.url(), windows), CallHistory.none())) {
      long start = System.nanoTime();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 1; i <= 400; i++) {
        answers.add(WaitingCaller.update(client, Samples.update(i)));
      }
      for (CompletableFuture<Answer> answer : answers) {
        if (!(answer.get() instanceof Answer.Accepted)) {
          throw new AssertionError(answer.get());
        }
      }
      System.out.printf(
          "%d ms in all, %d ms from the first arrival to the last, %d refused, %s%n",
          Duration.ofNanos(System.nanoTime() - start).toMillis(),
          server.span().toMillis(),
          server.refused(),
          client.statistics());
    }
  }

  static LongSupplier tail(int leastMillis, int meanTailMillis) {
    return () ->
        (long)
            (leastMillis - meanTailMillis * Math.log(1 - ThreadLocalRandom.current().nextDouble()));
  }
}
