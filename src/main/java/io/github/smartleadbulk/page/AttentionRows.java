package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.history.Reasons;
import io.github.smartleadbulk.history.RunChanges;
import io.github.smartleadbulk.history.RunChanges.ChangedRow;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows with certain statuses, grouped by reason and one by one. */
final class AttentionRows implements AutoCloseable {

  private static final int MOST_REASONS = 50;

  /** Leaves room for the changes. */
  private static final int MOST_ROWS = 2_000;

  private final Room room;
  private final List<RowStatus> statuses;
  private final Reasons reasons;
  private final RunChanges source;
  private final List<String> workspaces;
  private int shown;

  /**
   * @param statuses of the rows
   * @param rowsByStatus how many rows of the run have ended
   */
  AttentionRows(
      Room room,
      StateStore store,
      RunRecord run,
      Set<RowStatus> statuses,
      Map<RowStatus, Long> rowsByStatus) {
    this.room = room;
    this.statuses = statuses.stream().filter(rowsByStatus::containsKey).sorted().toList();
    this.reasons = Reasons.of(store.outcomes(), run.id(), statuses);
    this.source = RunChanges.open(store, run, statuses);
    this.workspaces = WorkspaceShares.toTell(run);
  }

  /**
   * Rows with the same reason.
   *
   * @param differs whether the message is only an example
   */
  record ShownReason(
      String rows,
      RowStatus status,
      String http,
      String message,
      boolean differs,
      String examples) {

    static ShownReason of(Reasons.Reason reason) {
      RowOutcome first = reason.first();
      return new ShownReason(
          Figures.number(reason.rows()),
          first.status(),
          AttentionRows.http(first),
          AttentionRows.message(first),
          reason.differs(),
          reason.examples().stream().map(ShownReason::place).collect(Collectors.joining("; ")));
    }

    private static String place(RowOutcome row) {
      return "line " + row.line() + (row.accountId() == null ? "" : ", account " + row.accountId());
    }
  }

  /** A row. */
  record Row(
      long line,
      String account,
      String address,
      RowStatus status,
      String http,
      String message,
      String workspace) {

    static Row of(ChangedRow row) {
      RowOutcome outcome = row.outcome();
      return new Row(
          outcome.line(),
          outcome.accountId() == null ? "" : outcome.accountId().toString(),
          row.address() == null ? "" : row.address(),
          outcome.status(),
          AttentionRows.http(outcome),
          AttentionRows.message(outcome),
          outcome.workspace());
    }
  }

  private static String http(RowOutcome outcome) {
    return outcome.httpStatus() == null ? "" : outcome.httpStatus().toString();
  }

  private static String message(RowOutcome outcome) {
    return outcome.message().isEmpty() ? "no message" : outcome.message();
  }

  public boolean isEmpty() {
    return reasons.rows() == 0;
  }

  public String count() {
    return Figures.number(reasons.rows(), "row");
  }

  public List<ShownReason> reasons() {
    return reasons.mostFrequent(MOST_REASONS).stream().map(ShownReason::of).toList();
  }

  /** How many rows have other reasons than those shown; null for none. */
  public @Nullable String otherReasons() {
    long told = reasons.mostFrequent(MOST_REASONS).stream().mapToLong(Reasons.Reason::rows).sum();
    return told == reasons.rows() ? null : Figures.number(reasons.rows() - told, "more row");
  }

  /** The statuses to choose from. */
  public List<RowStatus> statuses() {
    return statuses;
  }

  /** The workspaces to choose from; empty if the rows need not be told apart. */
  public List<String> workspaces() {
    return workspaces;
  }

  public boolean hasWorkspaces() {
    return !workspaces.isEmpty();
  }

  public Iterable<Row> rows() {
    return room.fitting(
        () -> {
          if (shown == MOST_ROWS || !source.hasNext()) {
            return null;
          }
          shown++;
          return Row.of(source.next());
        });
  }

  /** How many rows the page has no room for; null for none. Call after the rows are written. */
  public @Nullable String omitted() {
    return shown < reasons.rows() ? Figures.number(reasons.rows() - shown, "more row") : null;
  }

  @Override
  public void close() {
    source.close();
  }
}
