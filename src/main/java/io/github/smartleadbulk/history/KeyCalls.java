package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.run.LoggedCalls;
import io.github.smartleadbulk.run.RunSettings.CallMemory;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a key that are on record.
 *
 * @param target the API that was called; null if no run has called one
 */
public record KeyCalls(StateStore store, @Nullable String target, String keyHash) {

  /**
   * The calls to the target of the newest run that did not use the embedded sandbox, which is new
   * each time.
   *
   * @param keyHash identifies the key; null for the key of that run
   */
  public static KeyCalls of(StateStore store, RecordedRuns runs, @Nullable String keyHash) {
    List<RunRecord> all = runs.runs();
    for (int i = all.size() - 1; i >= 0; i--) {
      RunSpec spec = all.get(i).spec();
      if (!spec.isRehearsal()) {
        return new KeyCalls(store, spec.target(), keyHash == null ? spec.keyHash() : keyHash);
      }
    }
    return new KeyCalls(store, null, "");
  }

  /** What is left of windows; none if no run has called an API. */
  public List<WindowUse> use(List<RateWindow> windows, Clock clock) {
    if (target == null) {
      return List.of();
    }
    try (LoggedCalls calls =
        LoggedCalls.open(store, windows, keyHash, target, null, CallMemory.KEPT, clock)) {
      return WindowUse.of(windows, calls, clock);
    }
  }
}
