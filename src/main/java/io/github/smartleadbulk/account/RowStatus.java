package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a row ended. */
public enum RowStatus {
  UPDATED,
  /** Already so at SmartLead; no call was made. */
  UNCHANGED,
  /** The row sets nothing. */
  SKIPPED,
  /** The row could not be understood and was not sent. */
  INVALID,
  /** Refused by SmartLead, or no success after all attempts. */
  FAILED,
  /** Perhaps applied: no proof either way. */
  UNCERTAIN;

  /** Those of which {@link #needsAttention} holds. */
  public static final Set<RowStatus> NEEDING_ATTENTION =
      Arrays.stream(values())
          .filter(RowStatus::needsAttention)
          .collect(Collectors.toUnmodifiableSet());

  /** Whether somebody has to look at the row: it stands in {@code failed.csv}. */
  public boolean needsAttention() {
    return this == INVALID || this == FAILED || this == UNCERTAIN;
  }

  /** As it stands in files and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
