package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits in places that cannot throw checked exceptions, such as the answers of a server. */
final class Latches {

  private Latches() {}

  /** Fails if it takes longer than a minute. */
  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
