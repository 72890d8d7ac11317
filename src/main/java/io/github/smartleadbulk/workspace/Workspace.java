package io.github.smartleadbulk.workspace;

import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.state.RunSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A workspace that can be called: its key, its target and its limits.
 *
 * @param target the name of the target in the history: base URL, or {@link RunSpec#SANDBOX}
 * @param callMemory whether calls also count for later processes
 */
public record Workspace(String name, String target, ClientSettings client, CallMemory callMemory) {

  /** Whether calls also count for later processes. */
  public enum CallMemory {
    KEPT,
    /** The server is an embedded sandbox, which starts with the run and has seen no calls. */
    NONE
  }

  /**
   * Finds two workspaces that have the same key for the same target: each would use the limits of
   * the key as if it were alone.
   *
   * @return why they cannot be used at the same time; empty if there are none
   */
  public static Optional<String> sharedKey(Collection<Workspace> workspaces) {
    Map<String, Workspace> workspaceByCaller = new HashMap<>();
    for (Workspace workspace : workspaces) {
      Workspace other = workspaceByCaller.put(workspace.recorded().caller(), workspace);
      if (other != null) {
        return Optional.of(
            "the workspaces %s and %s have the same API key for %s: their calls would count twice against the same rate limits. Keep one of them"
                .formatted(other.name(), workspace.name(), workspace.target()));
      }
    }
    return Optional.empty();
  }

  /** What the history keeps of the workspace. */
  public RunSpec.Workspace recorded() {
    return new RunSpec.Workspace(name, target, client.keyHash());
  }
}
