package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;

/**
 * A client that always has a row ready and a server far away, in virtual time: calls take as long
 * as {@code latency} says and reach the server anywhere on the way.
 */
final class SimulatedServer {

  /** How calls are counted: the limiter's own rule, or one that has to be caught. */
  enum Rule {
    OURS,
    COUNT_FROM_SENDING
  }

  private final List<RateWindow> windows;
  private final Random random;
  private final LongSupplier latency;
  private final Rule rule;

  private final List<Long> arrivals = new ArrayList<>();
  private final List<Instant> record = new ArrayList<>();
  private final PriorityQueue<Long> ends = new PriorityQueue<>();
  private long now;
  private long lastEnd;
  private Limiter limiter;

  SimulatedServer(List<RateWindow> windows, Random random, LongSupplier latency, Rule rule) {
    this.windows = windows;
    this.random = random;
    this.latency = latency;
    this.rule = rule;
    this.limiter = new Limiter(windows);
  }

  void send(int calls) {
    for (int sent = 0; sent < calls; ) {
      endCalls();
      WaitReason hold = limiter.waitReason(now);
      if (hold == null) {
        sendOne();
        sent++;
      } else {
        now = Math.min(hold.until(), ends.isEmpty() ? Long.MAX_VALUE : ends.peek());
      }
    }
  }

  private void sendOne() {
    long took = latency.getAsLong();
    record.add(instant());
    limiter.sent();
    lastEnd = Math.max(lastEnd, now + took);
    ends.add(now + took);
    arrivals.add(now + (long) (took * onTheWay()));
    if (rule == Rule.COUNT_FROM_SENDING) {
      limiter.ended(now);
    }
  }

  /** Often at once or at the very end: there a rule breaks first. */
  private double onTheWay() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 1;
      default -> random.nextDouble();
    };
  }

  private void endCalls() {
    while (!ends.isEmpty() && ends.peek() <= now) {
      long end = ends.remove();
      if (rule == Rule.OURS) {
        limiter.ended(end);
      }
    }
  }

  /** The process dies; what was under way reaches the server now at the latest. */
  void restartAfter(Duration pause) {
    arrivals.replaceAll(arrival -> Math.min(arrival, now));
    ends.clear();
    now += pause.toNanos();
    limiter =
        Limiter.remembering(
            windows,
            new CallHistory() {
              @Override
              public List<Instant> since(Instant from, Instant now) {
                return record.stream().filter(sent -> !sent.isBefore(from)).toList();
              }

              @Override
              public CompletableFuture<Void> record(Instant sentAt) {
                throw new AssertionError("the limiter only reads");
              }
            },
            new Time() {
              @Override
              public long nanos() {
                return now;
              }

              @Override
              public Instant now() {
                return instant();
              }

              @Override
              public void await(Condition signal, long until) {
                throw new AssertionError("nothing to wait for");
              }
            });
  }

  private Instant instant() {
    return SteppedTime.START.plusNanos(now);
  }

  /** When the last answer was here. */
  Duration finish() {
    return Duration.ofNanos(lastEnd);
  }

  /** The most arrivals in any span of the window's length. */
  int busiest(RateWindow window) {
    Collections.sort(arrivals);
    int most = 0;
    int first = 0;
    for (int last = 0; last < arrivals.size(); last++) {
      while (arrivals.get(last) - arrivals.get(first) >= window.length().toNanos()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
