package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The totals of a plan.
 *
 * @param rows number of rows in the input
 * @param calls number of calls that the changes take: one for each account
 * @param otherRowsByStatus number of rows without a call, by the status they will have
 * @param changesByField number of accounts in which the field changes
 * @param begins when the first call would be made
 * @param ends when the last call would be answered, given the limits and the calls so far
 * @param workspaces the totals of each workspace, if the run has several; otherwise empty
 */
public record PlanTotals(
    long rows,
    long calls,
    Map<RowStatus, Long> otherRowsByStatus,
    Map<AccountField, Long> changesByField,
    Instant begins,
    Instant ends,
    List<Workspace> workspaces) {

  /**
   * The totals of a plan for one workspace.
   *
   * @param calls number of calls that the changes take: one for each account
   * @param otherRowsByStatus number of rows without a call, by the status they will have
   */
  public record Workspace(String name, long calls, Map<RowStatus, Long> otherRowsByStatus) {}

  /** Whether some rows are invalid or cannot be sent. */
  public boolean needsAttention() {
    return otherRowsByStatus.keySet().stream().anyMatch(RowStatus::needsAttention);
  }
}
