package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowStatus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** How far a run is: counts of rows whose outcome is on record. Thread-safe. */
public final class RunProgress {

  private final AtomicLongArray rowsByStatus = new AtomicLongArray(RowStatus.values().length);
  private volatile long rows = -1;
  private volatile long doneBefore;

  void inspected(long rowsOfInput, Map<RowStatus, Long> alreadyEnded) {
    alreadyEnded.forEach((status, count) -> rowsByStatus.set(status.ordinal(), count));
    doneBefore = done();
    rows = rowsOfInput;
  }

  void ended(RowStatus status) {
    rowsByStatus.incrementAndGet(status.ordinal());
  }

  /** Rows of the input; -1 until they are counted. */
  public long rows() {
    return rows;
  }

  /** Rows that have ended, by earlier processes of the run too. */
  public long done() {
    long done = 0;
    for (RowStatus status : RowStatus.values()) {
      done += count(status);
    }
    return done;
  }

  /** Rows that have ended since this process began. */
  public long doneNow() {
    return done() - doneBefore;
  }

  public long count(RowStatus status) {
    return rowsByStatus.get(status.ordinal());
  }
}
