package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The share of a workspace in a run.
 *
 * @param rowsByStatus the number of rows by status; statuses without rows are left out
 */
public record WorkspaceShare(
    String workspace, Map<RowStatus, Long> rowsByStatus, WorkspaceTotals totals) {

  /**
   * The workspaces of a run, in their order.
   *
   * @return empty if all rows are for {@code default}: the totals of the run are its share
   */
  public static List<WorkspaceShare> of(StateStore store, RunRecord run) {
    if (!run.spec().namesWorkspaces()) {
      return List.of();
    }
    List<RunSpec.Workspace> workspaces = run.spec().workspaces();
    List<WorkspaceTotals> totals = store.runs().workspaces(run.id());
    Map<String, Map<RowStatus, Long>> rows = store.rowCounts().byWorkspace(run.id());
    List<WorkspaceShare> shares = new ArrayList<>();
    for (int place = 0; place < workspaces.size(); place++) {
      String name = workspaces.get(place).name();
      shares.add(new WorkspaceShare(name, rows.getOrDefault(name, Map.of()), totals.get(place)));
    }
    return shares;
  }
}
