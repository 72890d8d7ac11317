package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Time;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The rows that wait for another try, and who goes first. The caller has the lock. */
final class RetryQueue {

  /** Beyond this, rows that wait to be tried again hold up new ones: memory has an end. */
  private static final int MOST_OPEN_ROWS = 1000;

  private final PriorityQueue<PendingRequest> rows =
      new PriorityQueue<>(Comparator.comparingLong(PendingRequest::due));

  void add(PendingRequest row, long due) {
    row.due(due);
    rows.add(row);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void remove(PendingRequest row) {
    rows.remove(row);
  }

  /** Nobody tries these rows again. */
  List<PendingRequest> removeAll() {
    List<PendingRequest> all = new ArrayList<>(rows);
    rows.clear();
    return all;
  }

  /** What failed for want of a server is not held against a row. */
  void forgiveAll() {
    rows.forEach(PendingRequest::forgive);
  }

  /** When the next row is due; {@link Time#NEVER} if there is none. */
  long nextDue() {
    PendingRequest head = rows.peek();
    return head == null ? Time.NEVER : head.due();
  }

  /**
   * The row to be sent next.
   *
   * @param own the caller's new row; null if it has none
   * @return null if there is none before {@link #nextDue}
   */
  @Nullable PendingRequest next(
      @Nullable PendingRequest own, long now, CircuitBreaker outage, int inFlight) {
    PendingRequest head = rows.peek();
    if (head == null) {
      return own;
    }
    if (outage.isActive()) {
      return own != null && outage.wantsNewRow() ? own : head;
    }
    // While nobody answers, rows not yet tried go first: the sooner so many of them have found no
    // server that the outage is certain, the fewer have used up their tries on it.
    if (own != null && outage.isSuspected()) {
      return own;
    }
    if (head.due() <= now) {
      return head;
    }
    return rows.size() + inFlight < MOST_OPEN_ROWS ? own : null;
  }
}
