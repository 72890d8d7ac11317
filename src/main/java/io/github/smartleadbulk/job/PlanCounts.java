package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.run.PlanTotals;
import java.util.EnumMap;
import java.util.Map;

/** Counts planned rows. */
final class PlanCounts {

  private final Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
  private final Map<AccountField, Long> changesByField = new EnumMap<>(AccountField.class);
  private long calls;

  void add(PlannedRow planned) {
    if (planned instanceof PlannedRow.Ended ended) {
      rowsByStatus.merge(ended.outcome().status(), 1L, Long::sum);
    } else if (planned instanceof PlannedRow.ToSend toSend) {
      calls++;
      toSend
          .update()
          .valuesByField()
          .keySet()
          .forEach(field -> changesByField.merge(field, 1L, Long::sum));
    }
  }

  PlanTotals totals(RunContext context) {
    return new PlanTotals(
        context.rows(),
        calls,
        rowsByStatus,
        changesByField,
        context.clock().instant(),
        context.client().forecast(calls));
  }
}
