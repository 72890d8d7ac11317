package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.Outcomes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recorded outcomes, found in row order and read page by page. The outcomes of an unfinished run
 * after its last written line are few and kept in memory.
 */
public final class JournalledOutcomes {

  private static final int PAGE = 1_000;

  private final Outcomes outcomes;
  private final int run;
  private final Set<RowStatus> statuses;
  private final long lastPagedRow;
  private final Map<Long, RowOutcome> behind;
  private final Deque<RowOutcome> page = new ArrayDeque<>();
  private long readUpTo;
  private boolean ended;

  private JournalledOutcomes(
      Outcomes outcomes,
      int run,
      Set<RowStatus> statuses,
      long lastPagedRow,
      Map<Long, RowOutcome> behind) {
    this.outcomes = outcomes;
    this.run = run;
    this.statuses = statuses;
    this.lastPagedRow = lastPagedRow;
    this.behind = behind;
  }

  /** Finds outcomes with these statuses in a run that has ended. */
  static JournalledOutcomes ofEnded(Outcomes outcomes, int run, Set<RowStatus> statuses) {
    return new JournalledOutcomes(outcomes, run, statuses, Long.MAX_VALUE, Map.of());
  }

  /** Finds the outcomes that earlier processes of an unfinished run have recorded. */
  public static JournalledOutcomes ofUnfinished(
      Outcomes outcomes, int run, JournalledRun journalled) {
    return new JournalledOutcomes(
        outcomes,
        run,
        EnumSet.allOf(RowStatus.class),
        journalled.written().rows(),
        journalled.endedAhead());
  }

  /**
   * Finds the outcome of a row; empty if none is recorded.
   *
   * @param row greater than in the previous call
   */
  public Optional<RowOutcome> find(long row) {
    if (row > lastPagedRow) {
      return Optional.ofNullable(behind.get(row));
    }
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
