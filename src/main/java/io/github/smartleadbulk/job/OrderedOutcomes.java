package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.Outcomes;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the outcomes of all workspaces into the order of the input. Outcomes arrive in any order
 * when they are on record. If a slow workspace holds up the order for long, the outcomes behind it
 * are dropped here and read again from the journal, so that memory is limited and nobody waits.
 *
 * <p>Any thread can add; one thread takes.
 */
final class OrderedOutcomes {

  /** How many outcomes to keep in memory. */
  private static final int MOST = 20_000;

  private static final int PAGE = 1_000;

  private final Outcomes outcomes;
  private final int run;
  private final BitSet ended;
  private final Map<Long, RowOutcome> ahead;
  private final Deque<RowOutcome> page = new ArrayDeque<>();
  private long next = 1;
  private boolean over;
  private @Nullable Throwable failure;

  OrderedOutcomes(Outcomes outcomes, int run, JournalledRun journalled) {
    this.outcomes = outcomes;
    this.run = run;
    this.ended = journalled.endedRows();
    this.ended.set(1, Math.toIntExact(journalled.written().rows()) + 1);
    this.ahead = new HashMap<>(journalled.endedAhead());
  }

  /** Adds an outcome that is on record. */
  synchronized void add(RowOutcome outcome) {
    ended.set(Math.toIntExact(outcome.row()));
    if (outcome.row() >= next && (ahead.size() < MOST || outcome.row() == next)) {
      ahead.put(outcome.row(), outcome);
    }
    if (outcome.row() == next) {
      notifyAll();
    }
  }

  /** Whether a row has an outcome on record. */
  synchronized boolean isEnded(long row) {
    return ended.get(Math.toIntExact(row));
  }

  /**
   * No more outcomes will arrive.
   *
   * @param cause the failure because of which rows are missing; null if there is none
   */
  synchronized void end(@Nullable Throwable cause) {
    over = true;
    failure = cause;
    notifyAll();
  }

  /** Passes over rows at the start: nobody takes their outcomes. */
  synchronized void skip(long rows) {
    next = rows + 1;
    ahead.keySet().removeIf(row -> row <= rows);
  }

  /**
   * Waits for the next outcome in the order of the input.
   *
   * @return null if the next row has no outcome and will get none: there is no such row, or it is
   *     left open
   * @throws Exception the failure with which the outcomes have ended
   */
  @Nullable RowOutcome take() throws Exception {
    RowOutcome outcome = await();
    if (outcome == null && isNextEnded()) {
      outcome = fromJournal();
    }
    if (outcome != null) {
      passed(outcome);
    }
    return outcome;
  }

  private synchronized @Nullable RowOutcome await() throws Exception {
    while (!ended.get(Math.toIntExact(next)) && !over) {
      wait();
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw (Exception) failure;
    }
    return ahead.get(next);
  }

  private synchronized boolean isNextEnded() {
    return ended.get(Math.toIntExact(next));
  }

  private RowOutcome fromJournal() {
    while (!page.isEmpty() && page.getFirst().row() < next) {
      page.removeFirst();
    }
    if (page.isEmpty() || page.getFirst().row() != next) {
      page.clear();
      page.addAll(outcomes.page(run, next - 1, PAGE));
    }
    return page.removeFirst();
  }

  private synchronized void passed(RowOutcome outcome) {
    ahead.remove(outcome.row());
    next = outcome.row() + 1;
  }
}
