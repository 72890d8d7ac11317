package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.LoggedCalls;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a key that are on record.
 *
 * @param workspace the key and the API that was called; null if no run has called one
 */
public record KeyCalls(StateStore store, RunSpec.@Nullable Workspace workspace) {

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
        RunSpec.Workspace first = spec.workspaces().get(0);
        return new KeyCalls(
            store,
            keyHash == null ? first : new RunSpec.Workspace(first.name(), first.target(), keyHash));
      }
    }
    return new KeyCalls(store, null);
  }

  /** The API that was called; null if no run has called one. */
  public @Nullable String target() {
    return workspace == null ? null : workspace.target();
  }

  /** What is left of windows; none if no run has called an API. */
  public List<WindowUse> use(List<RateWindow> windows, Clock clock) {
    if (workspace == null) {
      return List.of();
    }
    try (LoggedCalls calls = LoggedCalls.toRead(store, workspace, windows, clock)) {
      return WindowUse.of(windows, calls, clock);
    }
  }
}
