package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.client.CallRecord;
import io.github.smartleadbulk.state.CallLog;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The limiter's memory across processes, in the state folder. */
record LoggedCalls(CallLog log) implements CallRecord, AutoCloseable {

  /** So that a clock that is set back a little does not make calls forgotten. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /** Another process may have longer windows. */
  private static final Duration LEAST = Duration.ofHours(1);

  /**
   * Opens the record of the key's calls to a target.
   *
   * @param run of this key against this target
   */
  static LoggedCalls open(StateStore store, List<RateWindow> windows, RunSpec run) {
    Duration longest =
        windows.stream()
            .map(RateWindow::length)
            .max(Comparator.naturalOrder())
            .filter(length -> length.compareTo(LEAST) > 0)
            .orElse(LEAST);
    return new LoggedCalls(CallLog.open(store, caller(run), longest.plus(MARGIN)));
  }

  /** Who shares a limit. Should two ever look the same, they only wait for each other. */
  private static String caller(RunSpec run) {
    return "%08x%08x".formatted(run.keyHash().hashCode(), run.target().hashCode());
  }

  @Override
  public List<Instant> since(Instant from) {
    return log.since(from);
  }

  @Override
  public void record(Instant sentAt) {
    log.record(sentAt);
  }

  @Override
  public void close() {
    log.close();
  }
}
