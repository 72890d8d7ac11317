package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.state.Outcomes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Why rows need attention, the most frequent reason first. In bounded memory. */
final class Reasons {

  /** How many reasons are told apart. Rows with others are counted. */
  private static final int MOST = 200;

  private static final int ROWS_AT_ONCE = 500;

  /** What differs from row to row in messages that say the same. */
  private static final Pattern OF_THE_ROW =
      Pattern.compile("\"[^\"]*\"|\\S+@\\S+|\\d+(?:[.,]\\d+)*");

  private final Map<String, Reason> reasonsByKey = new LinkedHashMap<>();
  private long rows;

  /** A reason with its first row. */
  static final class Reason {
    private final RowOutcome first;
    private long rows;
    private boolean differs;

    private Reason(RowOutcome first) {
      this.first = first;
    }

    long rows() {
      return rows;
    }

    @Override
    public String toString() {
      String row =
          "line "
              + first.line()
              + (first.accountId() == null ? "" : ", account " + first.accountId());
      if (rows == 1) {
        return row + ": " + first.status() + ": " + first.message();
      }
      String count = Amount.of(rows, "row") + " " + first.status();
      return differs
          ? count + ", such as " + row + ": " + first.message()
          : count + ": " + first.message() + " (first: " + row + ")";
    }
  }

  static Reasons of(Outcomes outcomes, int run, Set<RowStatus> statuses) {
    Reasons reasons = new Reasons();
    List<RowOutcome> page = outcomes.page(run, 0, ROWS_AT_ONCE, statuses);
    while (!page.isEmpty()) {
      page.forEach(reasons::add);
      page =
          page.size() < ROWS_AT_ONCE
              ? List.of()
              : outcomes.page(run, page.get(page.size() - 1).row(), ROWS_AT_ONCE, statuses);
    }
    return reasons;
  }

  private void add(RowOutcome outcome) {
    rows++;
    String key =
        outcome.status()
            + " "
            + outcome.httpStatus()
            + " "
            + OF_THE_ROW.matcher(outcome.message()).replaceAll("…");
    Reason reason = reasonsByKey.get(key);
    if (reason == null && reasonsByKey.size() < MOST) {
      reason = new Reason(outcome);
      reasonsByKey.put(key, reason);
    }
    if (reason != null) {
      reason.rows++;
      reason.differs |= !outcome.message().equals(reason.first.message());
    }
  }

  /** The number of rows that need attention. */
  long rows() {
    return rows;
  }

  /** The most frequent reasons; reasons of as many rows in the order of their first rows. */
  List<Reason> mostFrequent(int most) {
    return reasonsByKey.values().stream()
        .sorted(Comparator.comparingLong((Reason reason) -> -reason.rows))
        .limit(most)
        .toList();
  }
}
