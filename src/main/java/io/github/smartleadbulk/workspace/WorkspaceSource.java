package io.github.smartleadbulk.workspace;

/** Opens workspaces by their names. Reads the key of a workspace when it is opened first. */
@FunctionalInterface
public interface WorkspaceSource {

  /**
   * Opens a workspace.
   *
   * @throws RuntimeException with a message for the user, if there is no such workspace or its key
   *     cannot be read
   */
  Workspace open(String name);
}
