package io.github.smartleadbulk.result;

/**
 * Whether a file has a column for workspaces. It has one if the input has one: in all other files,
 * the columns stay those that scripts know.
 */
public enum WorkspaceColumn {
  ABSENT,
  PRESENT;

  static final String NAME = "workspace";

  public static WorkspaceColumn of(boolean inInput) {
    return inInput ? PRESENT : ABSENT;
  }
}
