package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.state.Outcomes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Why rows need attention. In bounded memory. */
public final class Reasons {

  /** How many reasons are told apart. Rows with others are counted. */
  private static final int MOST = 200;

  private static final int EXAMPLES = 5;
  private static final int ROWS_AT_ONCE = 500;

  /** What differs from row to row in messages that say the same. */
  private static final Pattern OF_THE_ROW =
      Pattern.compile("\"[^\"]*\"|\\S+@\\S+|\\d+(?:[.,]\\d+)*");

  private final Map<String, Group> groupsByKey = new LinkedHashMap<>();
  private long rows;

  /**
   * A reason. Its rows have the same status and HTTP status, and messages that say the same.
   *
   * @param differs whether the message of any row differs from that of the first, such as in a
   *     number
   * @param examples the first rows, at least one
   */
  public record Reason(long rows, boolean differs, List<RowOutcome> examples) {

    public Reason {
      examples = List.copyOf(examples);
    }

    public RowOutcome first() {
      return examples.get(0);
    }
  }

  private static final class Group {
    private final List<RowOutcome> examples = new ArrayList<>();
    private long rows;
    private boolean differs;

    private void add(RowOutcome outcome) {
      rows++;
      if (examples.size() < EXAMPLES) {
        examples.add(outcome);
      }
      differs |= !outcome.message().equals(examples.get(0).message());
    }
  }

  /** Reads the rows of a run that have one of the statuses. */
  public static Reasons of(Outcomes outcomes, int run, Set<RowStatus> statuses) {
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
    Group group = groupsByKey.get(key);
    if (group == null && groupsByKey.size() < MOST) {
      group = new Group();
      groupsByKey.put(key, group);
    }
    if (group != null) {
      group.add(outcome);
    }
  }

  /** The number of rows that need attention. */
  public long rows() {
    return rows;
  }

  /** The most frequent reasons; reasons of as many rows in the order of their first rows. */
  public List<Reason> mostFrequent(int most) {
    return groupsByKey.values().stream()
        .sorted(Comparator.comparingLong((Group group) -> -group.rows))
        .limit(most)
        .map(group -> new Reason(group.rows, group.differs, group.examples))
        .toList();
  }
}
