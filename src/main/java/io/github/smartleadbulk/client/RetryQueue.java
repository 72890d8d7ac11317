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

  /** Removes the rows, which nobody tries again. */
  List<PendingRequest> removeAll() {
    List<PendingRequest> all = new ArrayList<>(requests);
    requests.clear();
    return all;
  }

  /** Attempts that failed because there was no server do not count. */
  void forgiveAll() {
    requests.forEach(PendingRequest::forgive);
  }

  /** When the next row is due; {@link Time#NEVER} if there is none. */
  long nextDue() {
    PendingRequest head = requests.peek();
    return head == null ? Time.NEVER : head.due();
  }

  /**
   * The row to be sent next.
   *
   * @param own the caller's new row; null if it has none
   * @return null if there is none before {@link #nextDue}
   */
  @Nullable PendingRequest next(
      @Nullable PendingRequest own, long now, CircuitBreaker circuitBreaker, int inFlight) {
    PendingRequest head = requests.peek();
    if (head == null) {
      return own;
    }
    if (circuitBreaker.isActive()) {
      return own != null && circuitBreaker.wantsNewRow() ? own : head;
    }
    // While nobody answers, rows not yet tried go first: the sooner so many of them have found no
    // server that the outage is certain, the fewer have used up their tries on it.
    if (own != null && circuitBreaker.isSuspected()) {
      return own;
    }
    if (head.due() <= now) {
      return head;
    }
    return requests.size() + inFlight < MOST_OPEN_ROWS ? own : null;
  }
}
