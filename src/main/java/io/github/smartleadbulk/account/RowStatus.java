package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The status of a row that has ended. */
public enum RowStatus {
  UPDATED,
  /** The account already had the values; no call was made. */
  UNCHANGED,
  /** A ramp would lower the account's daily limit, so the account keeps it; no call was made. */
  KEPT,
  /** The row sets nothing. */
  SKIPPED,
  /** The row could not be understood and was not sent. */
  INVALID,
  /** SmartLead refused the row, or no attempt succeeded. */
  FAILED,
  /** The change may have been applied; there is no proof either way. */
  UNCERTAIN;

  /** The statuses for which {@link #needsAttention} is true. */
  public static final Set<RowStatus> NEEDING_ATTENTION =
      Arrays.stream(values())
          .filter(RowStatus::needsAttention)
          .collect(Collectors.toUnmodifiableSet());

  /** Whether somebody has to look at the row, which is then in {@code failed.csv}. */
  public boolean needsAttention() {
    return this == INVALID || this == FAILED || this == UNCERTAIN;
  }

  /** The status as in files and reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
