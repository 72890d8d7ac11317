package io.github.smartleadbulk.account;

import java.util.Locale;

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
