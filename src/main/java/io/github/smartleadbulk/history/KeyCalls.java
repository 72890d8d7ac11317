package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.LoggedCalls;
import java.time.Clock;
import java.util.List;

/**
 * The calls of a key that are on record.
 *
 * @param workspace the key and the API that was called
 */
public record KeyCalls(StateStore store, RunSpec.Workspace workspace) {

  /** What is left of windows. */
  public List<WindowUse> use(List<RateWindow> windows, Clock clock) {
    try (LoggedCalls calls = LoggedCalls.toRead(store, workspace, windows, clock)) {
      return WindowUse.of(windows, calls, clock);
    }
  }
}
