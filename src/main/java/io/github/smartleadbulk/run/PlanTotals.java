package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.RowStatus;
import java.time.Instant;
import java.util.Map;

/**
 * A plan in numbers.
 *
 * @param rows of the input
 * @param calls that its changes take: one for each account
 * @param otherRowsByStatus what will become of rows without a call
 * @param changesByField accounts in which a field changes
 * @param begins when the calls would begin
 * @param ends when the last one would be answered, given the limits and the calls so far
 */
public record PlanTotals(
    long rows,
    long calls,
    Map<RowStatus, Long> otherRowsByStatus,
    Map<AccountField, Long> changesByField,
    Instant begins,
    Instant ends) {

  /** Rows that are invalid or cannot be sent. */
  public boolean needsAttention() {
    return otherRowsByStatus.keySet().stream().anyMatch(RowStatus::needsAttention);
  }
}
