package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.Clock;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.StateException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The clock of the database, so that workers agree on whose heartbeat is old, whatever the clocks
 * of their machines show. Between two looks at it, the time that has passed here counts. Where that
 * is too little, because the machine slept, a worker takes nothing over before its next look.
 * Thread-safe.
 */
final class DatabaseClock implements Clock, AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private record Reading(Instant time, long nanos) {}

  private final StateStore store;
  private final ScheduledExecutorService looks;
  private volatile Reading latest;

  private DatabaseClock(StateStore store) {
    this.store = store;
    this.latest = read(store);
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "database clock");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to follow the clock.
   *
   * @throws StateException if the database cannot be used
   */
  static DatabaseClock start(StateStore store) {
    DatabaseClock clock = new DatabaseClock(store);
    var unused =
        clock.looks.scheduleWithFixedDelay(
            clock::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return clock;
  }

  /** An answer that is late makes the clock late by as much, so no heartbeat looks too old. */
  private static Reading read(StateStore store) {
    Instant time = store.now();
    return new Reading(time, System.nanoTime());
  }

  private void look() {
    try {
      latest = read(store);
    } catch (StateException e) {
      // While the database is away, nothing can be taken over. The clock runs on.
      return;
    }
  }

  @Override
  public Instant now() {
    Reading reading = latest;
    return reading.time().plusNanos(System.nanoTime() - reading.nanos());
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
