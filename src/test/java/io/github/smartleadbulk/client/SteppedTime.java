package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Time that stands still until a test lets it pass; nobody sleeps for real. */
final class SteppedTime implements Time {

  static final Instant START = Instant.parse("2026-11-23T14:00:00Z");

  private volatile long nanos;

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos);
  }

  /** Looks again every millisecond whether time has been moved. */
  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller's loop
  public void await(Condition signal, long until) throws InterruptedException {
    signal.await(1, TimeUnit.MILLISECONDS);
  }

  synchronized void pass(Duration duration) {
    nanos += duration.toNanos();
  }
}
