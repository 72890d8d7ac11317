package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Time;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The rows that wait for another attempt, in the order of sending. The caller has the lock. */
final class RetryQueue {

  /** If more rows wait for another attempt, they hold up new rows, because memory is limited. */
  private static final int MOST_OPEN_ROWS = 1000;

  private final PriorityQueue<PendingRequest> requests =
      new PriorityQueue<>(Comparator.comparingLong(PendingRequest::due));

  void add(PendingRequest request, long due) {
    request.due(due);
    requests.add(request);
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  void remove(PendingRequest request) {
    requests.remove(request);
  }

  /** Removes any row; null if there is none. */
  @Nullable PendingRequest removeAny() {
    return requests.poll();
  }

  /** Makes attempts that found no server not count. */
  void forgiveAll() {
    requests.forEach(PendingRequest::forgive);
  }

  /** When the next row is due; {@link Time#NEVER} if there is no row. */
  long nextDue() {
    PendingRequest head = requests.peek();
    return head == null ? Time.NEVER : head.due();
  }

  /**
   * Returns the row to send next.
   *
   * @param own the caller's new row; null if it has none
   * @return null if no row is due before {@link #nextDue}
   */
  @Nullable PendingRequest next(
      @Nullable PendingRequest own, long now, CircuitBreaker circuitBreaker, int inFlight) {
    if (own != null && letsNewRowGo(now, circuitBreaker, inFlight)) {
      return own;
    }
    PendingRequest head = requests.peek();
    return head != null && (circuitBreaker.isOpen() || head.due() <= now) ? head : null;
  }

  /** Whether a row that was not tried yet goes first. */
  boolean letsNewRowGo(long now, CircuitBreaker circuitBreaker, int inFlight) {
    PendingRequest head = requests.peek();
    if (head == null) {
      return true;
    }
    if (circuitBreaker.isOpen()) {
      return circuitBreaker.wantsNewRow();
    }
    // While there are no answers, new rows go first. The sooner enough rows have found no server,
    // the sooner the outage is certain, and the fewer rows lose all their attempts to it.
    return circuitBreaker.isSuspected()
        || (head.due() > now && requests.size() + inFlight < MOST_OPEN_ROWS);
  }
}
