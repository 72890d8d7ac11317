package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.client.CallRecord;
import io.github.smartleadbulk.state.CallLog;
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
   * @param keyHash identifies the key
   */
  static LoggedCalls open(
      StateStore store, List<RateWindow> windows, String keyHash, String target) {
    Duration longest =
        windows.stream()
            .map(RateWindow::length)
            .max(Comparator.naturalOrder())
            .filter(length -> length.compareTo(LEAST) > 0)
            .orElse(LEAST);
    return new LoggedCalls(CallLog.open(store, caller(keyHash, target), longest.plus(MARGIN)));
  }

  /** Who shares a limit. Should two ever look the same, they only wait for each other. */
  private static String caller(String keyHash, String target) {
    return "%08x%08x".formatted(keyHash.hashCode(), target.hashCode());
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
