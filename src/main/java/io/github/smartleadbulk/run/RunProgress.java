package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RowStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the rows that have a recorded outcome. Thread-safe. */
public final class RunProgress {

  private final Map<RowStatus, LongAdder> rowsByStatus = new EnumMap<>(RowStatus.class);
  private volatile long rows = -1;
  private final long doneBefore;
  private volatile long accountsRead;
  private volatile @Nullable PlanTotals plan;
  private volatile boolean asking;

  /**
   * @param alreadyEnded number of rows that ended in earlier processes of the run, by status
   */
  public RunProgress(Map<RowStatus, Long> alreadyEnded) {
    Arrays.stream(RowStatus.values()).forEach(status -> rowsByStatus.put(status, new LongAdder()));
    alreadyEnded.forEach((status, count) -> counter(status).add(count));
    doneBefore = done();
  }

  public void inspected(long rowsOfInput) {
    rows = rowsOfInput;
  }

  /** The number of ended rows by status. Statuses without rows are left out. */
  public Map<RowStatus, Long> rowsByStatus() {
    Map<RowStatus, Long> counts = new EnumMap<>(RowStatus.class);
    rowsByStatus.forEach(
        (status, count) -> {
          if (count.sum() > 0) {
            counts.put(status, count.sum());
          }
        });
    return counts;
  }

  public void accountsRead(long accounts) {
    accountsRead = accounts;
  }

  /** The number of accounts that the run has read so far, to compare rows with them. */
  public long accountsRead() {
    return accountsRead;
  }

  public void planned(PlanTotals totals) {
    plan = totals;
  }

  /** The totals of a plan; null until the plan is made, and for other runs. */
  @Nullable
  public PlanTotals plan() {
    return plan;
  }

  public void asking(boolean nowAsking) {
    asking = nowAsking;
  }

  /** Whether the run waits for the user's answer. */
  public boolean isAsking() {
    return asking;
  }

  public void ended(RowStatus status) {
    counter(status).increment();
  }

  private LongAdder counter(RowStatus status) {
    return Objects.requireNonNull(rowsByStatus.get(status));
  }

  /** The number of rows in the input; -1 until they are counted. */
  public long rows() {
    return rows;
  }

  /** The number of rows that have ended, including those of earlier processes. */
  public long done() {
    return rowsByStatus.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** The number of rows that have ended in this process. */
  public long doneNow() {
    return done() - doneBefore;
  }

  public long count(RowStatus status) {
    return counter(status).sum();
  }
}
