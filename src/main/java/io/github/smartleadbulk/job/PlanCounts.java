package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.run.PlanTotals;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts planned rows. */
final class PlanCounts {

  private final Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
  private final Map<AccountField, Long> changesByField = new EnumMap<>(AccountField.class);
  private final Map<String, Long> callsByWorkspace = new TreeMap<>();
  private final Map<String, Map<RowStatus, Long>> rowsByStatusByWorkspace = new HashMap<>();

  void add(InputRow row, PlannedRow planned) {
    if (planned instanceof PlannedRow.Ended ended) {
      rowsByStatus.merge(ended.outcome().status(), 1L, Long::sum);
      rowsByStatusByWorkspace
          .computeIfAbsent(row.workspace(), workspace -> new EnumMap<>(RowStatus.class))
          .merge(ended.outcome().status(), 1L, Long::sum);
    } else if (planned instanceof PlannedRow.ToSend toSend) {
      callsByWorkspace.merge(row.workspace(), 1L, Long::sum);
      toSend
          .update()
          .valuesByField()
          .keySet()
          .forEach(field -> changesByField.merge(field, 1L, Long::sum));
    }
  }

  Map<String, Long> callsByWorkspace() {
    return callsByWorkspace;
  }

  PlanTotals totals(RunContext context) {
    return new PlanTotals(
        context.rows(),
        callsByWorkspace.values().stream().mapToLong(Long::longValue).sum(),
        rowsByStatus,
        changesByField,
        context.clock().instant(),
        context.forecast(callsByWorkspace),
        context.workspaces().size() == 1
            ? List.of()
            : context.workspaces().stream().map(OpenWorkspace::name).map(this::totals).toList());
  }

  private PlanTotals.Workspace totals(String workspace) {
    return new PlanTotals.Workspace(
        workspace,
        callsByWorkspace.getOrDefault(workspace, 0L),
        rowsByStatusByWorkspace.getOrDefault(workspace, Map.of()));
  }
}
