package io.github.smartleadbulk.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The rows that wait for another try, and who goes first. The caller has the lock. */
final class RetryQueue {

  /** Beyond this, rows that wait to be tried again hold up new ones: memory has an end. */
  private static final int MOST_OPEN_ROWS = 1000;

  private final PriorityQueue<Row> rows = new PriorityQueue<>(Comparator.comparingLong(Row::due));

  void add(Row row, long due) {
    row.due(due);
    rows.add(row);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void remove(Row row) {
    rows.remove(row);
  }

  /** Nobody tries these rows again. */
  List<Row> removeAll() {
    List<Row> all = new ArrayList<>(rows);
    rows.clear();
    return all;
  }

  /** What failed for want of a server is not held against a row. */
  void forgiveAll() {
    rows.forEach(Row::forgive);
  }

  /** When the next row is due; {@link Time#NEVER} if there is none. */
  long nextDue() {
    Row head = rows.peek();
    return head == null ? Time.NEVER : head.due();
  }

  /**
   * The row to be sent next.
   *
   * @param own the caller's new row; null if it has none
   * @return null if there is none before {@link #nextDue}
   */
  @Nullable Row next(@Nullable Row own, long now, Outage outage, int inFlight) {
    Row head = rows.peek();
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
