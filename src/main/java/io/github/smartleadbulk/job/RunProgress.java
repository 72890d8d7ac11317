package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How far a run is: counts of rows whose outcome is on record. Thread-safe. */
public final class RunProgress {

  private final Map<RowStatus, LongAdder> rowsByStatus = new EnumMap<>(RowStatus.class);
  private volatile long rows = -1;
  private volatile long doneBefore;
  private volatile long accountsRead;
  private volatile @Nullable PlanTotals plan;

  RunProgress() {
    Arrays.stream(RowStatus.values()).forEach(status -> rowsByStatus.put(status, new LongAdder()));
  }

  void inspected(long rowsOfInput, Map<RowStatus, Long> alreadyEnded) {
    alreadyEnded.forEach((status, count) -> counter(status).add(count));
    doneBefore = done();
    rows = rowsOfInput;
  }

  void accountsRead(long accounts) {
    accountsRead = accounts;
  }

  /** Accounts that the run has read so far to compare rows with them. */
  public long accountsRead() {
    return accountsRead;
  }

  void planned(PlanTotals totals) {
    plan = totals;
  }

  /** What a plan comes to; null until it is made, and for other runs. */
  @Nullable PlanTotals plan() {
    return plan;
  }

  void ended(RowStatus status) {
    counter(status).increment();
  }

  private LongAdder counter(RowStatus status) {
    return Objects.requireNonNull(rowsByStatus.get(status));
  }

  /** Rows of the input; -1 until they are counted. */
  public long rows() {
    return rows;
  }

  /** Rows that have ended, by earlier processes of the run too. */
  public long done() {
    return rowsByStatus.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Rows that have ended since this process began. */
  public long doneNow() {
    return done() - doneBefore;
  }

  public long count(RowStatus status) {
    return counter(status).sum();
  }
}
