package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.state.Outcomes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * Outcomes that an earlier process of the run has journalled, found in the order of the rows and
 * read page by page.
 */
final class JournalledOutcomes {

  private static final int PAGE = 1_000;

  private final Outcomes outcomes;
  private final int run;
  private final Set<RowStatus> statuses;
  private final Deque<RowOutcome> page = new ArrayDeque<>();
  private long readUpTo;
  private boolean ended;

  /**
   * @param statuses others are not found
   */
  JournalledOutcomes(Outcomes outcomes, int run, long afterRow, Set<RowStatus> statuses) {
    this.outcomes = outcomes;
    this.run = run;
    this.statuses = statuses;
    this.readUpTo = afterRow;
  }

  /**
   * @param row greater than that of the call before
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
