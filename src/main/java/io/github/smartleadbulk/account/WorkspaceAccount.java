package io.github.smartleadbulk.account;

import java.util.Comparator;

/**
 * What identifies an account. Two workspaces can have accounts with the same id.
 *
 * @param workspace the name of the workspace, as its settings spell it
 */
public record WorkspaceAccount(String workspace, long id) implements Comparable<WorkspaceAccount> {

  private static final Comparator<WorkspaceAccount> ORDER =
      Comparator.comparing(WorkspaceAccount::workspace).thenComparingLong(WorkspaceAccount::id);

  @Override
  public int compareTo(WorkspaceAccount other) {
    return ORDER.compare(this, other);
  }
}
