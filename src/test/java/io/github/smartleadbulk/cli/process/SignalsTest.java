package io.github.smartleadbulk.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.run.ExitCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SignalsTest {

  /** A worker is asked to end when it has just taken a run. */
  @Test
  void whoBeginsToHandleASignalWhileOthersDoHearsOfOneThatHasArrived() throws Exception {
    CompletableFuture<ExitCode> ofTheWorker = new CompletableFuture<>();
    CompletableFuture<ExitCode> ofTheRun = new CompletableFuture<>();
    CompletableFuture<ExitCode> later = new CompletableFuture<>();
    try (Signals worker = Signals.handle(ofTheWorker::complete)) {
      Class<?> signal = Class.forName("sun.misc.Signal");
      signal
          .getMethod("raise", signal)
          .invoke(null, signal.getConstructor(String.class).newInstance("TERM"));
      assertThat(ofTheWorker.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.SIGTERM);

      try (Signals run = Signals.handle(ofTheRun::complete)) {
        assertThat(ofTheRun).isCompletedWithValue(ExitCode.SIGTERM);
      }
    }
    try (Signals other = Signals.handle(later::complete)) {
      assertThat(later).isNotDone();
    }
  }
}
