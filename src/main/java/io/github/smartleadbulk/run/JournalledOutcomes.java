package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.state.Outcomes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** The outcomes of a run that has ended, found in row order and read page by page. */
final class JournalledOutcomes {

  private static final int PAGE = 1_000;

  private final Outcomes outcomes;
  private final int run;
  private final Set<RowStatus> statuses;
  private final Deque<RowOutcome> page = new ArrayDeque<>();
  private long readUpTo;
  private boolean ended;

  /**
   * @param statuses of the outcomes to find
   */
  JournalledOutcomes(Outcomes outcomes, int run, Set<RowStatus> statuses) {
    this.outcomes = outcomes;
    this.run = run;
    this.statuses = statuses;
  }

  /**
   * Finds the outcome of a row; empty if none is recorded.
   *
   * @param row greater than in the previous call
   */
  Optional<RowOutcome> find(long row) {
    while (!page.isEmpty() && page.getFirst().row() < row) {
      page.removeFirst();
    }
    if (page.isEmpty() && !ended && readUpTo < row) {
      page.addAll(outcomes.page(run, Math.max(readUpTo, row - 1), PAGE, statuses));
      ended = page.size() < PAGE;
      readUpTo = page.isEmpty() ? readUpTo : page.getLast().row();
    }
    return !page.isEmpty() && page.getFirst().row() == row
        ? Optional.of(page.getFirst())
        : Optional.empty();
  }
}
