package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Not a test: how long 400 rows take against a server that enforces what the client keeps to.
 * Arguments: least latency and mean of the tail in milliseconds, and whether the server counts
 * before or after it has slept.
 */
final class LimitTrial {

  private LimitTrial() {}

  public static void main(String[] args) throws Exception {
    int least = Integer.parseInt(args[0]);
    int tail = Integer.parseInt(args[1]);
    boolean late = args[2].equals("late");
    List<RateWindow> windows = RateWindow.parseAll("40/s,150/5s");
    List<Long> arrivals = new ArrayList<>();
    AtomicInteger refused = new AtomicInteger();
    try (RawServer server =
        RawServer.start(
            (number, connection) -> {
              long sleep =
                  (long) (least - tail * Math.log(1 - ThreadLocalRandom.current().nextDouble()));
              if (late) {
                Thread.sleep(sleep);
              }
              boolean admitted = admit(windows, arrivals);
              if (!late) {
                Thread.sleep(sleep);
              }
              if (admitted) {
                RawServer.answer(connection, 200, "", "{\"ok\":true}");
              } else {
                refused.incrementAndGet();
                RawServer.answer(connection, 429, "", "{}");
              }
              return true;
            })) {
      long start = System.nanoTime();
      try (SmartleadClient client =
          SmartleadClient.create(
              Samples.settings(server.url(), "40/s,150/5s"), CallRecord.none())) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 1; i <= 400; i++) {
          answers.add(client.update(Samples.update(i)));
        }
        for (CompletableFuture<Answer> answer : answers) {
          if (!(answer.get() instanceof Answer.Accepted)) {
            throw new AssertionError(answer.get());
          }
        }
        StringBuilder when = new StringBuilder();
        for (int i = 0; i < arrivals.size(); i += 10) {
          when.append((arrivals.get(i) - start) / 1_000_000).append(' ');
        }
        System.out.println(when);
        System.out.printf(
            "%.3f s, %d refused, %s%n",
            Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0,
            refused.get(),
            client.statistics());
      }
    }
  }

  private static boolean admit(List<RateWindow> windows, List<Long> arrivals) {
    synchronized (arrivals) {
      long now = System.nanoTime();
      arrivals.add(now);
      for (RateWindow window : windows) {
        long in = arrivals.stream().filter(at -> now - at < window.length().toNanos()).count();
        if (in > window.calls()) {
          return false;
        }
      }
      return true;
    }
  }
}
