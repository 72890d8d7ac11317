package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.history.RunChanges;
import io.github.smartleadbulk.history.RunChanges.ChangedRow;
import io.github.smartleadbulk.plan.Difference;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a run, in the order of the input, with one row for each setting of an account.
 * They are read once, while the page is written, so their number costs no memory.
 */
final class ChangeRows implements AutoCloseable {

  /** The history has no changes of other rows. */
  private static final Set<RowStatus> SENT = EnumSet.of(RowStatus.UPDATED, RowStatus.UNCERTAIN);

  /** What a change needs without its texts. The texts share the rest of the page. */
  private static final long USUAL_BYTES = 200;

  private final Room room;
  private final RunChanges source;
  private final List<String> fields;
  private final List<RowStatus> statuses;
  private final List<String> workspaces;
  private final long rows;
  private final Deque<Row> waiting = new ArrayDeque<>();
  private long rowsRead;
  private long textsCut;

  /**
   * @param rowsByStatus how many rows of the run have ended
   */
  ChangeRows(Room room, StateStore store, RunRecord run, Map<RowStatus, Long> rowsByStatus) {
    this.room = room;
    this.source = RunChanges.open(store, run, SENT);
    this.fields =
        store.outcomes().changedFields(run.id()).stream().map(AccountField::apiName).toList();
    this.statuses = SENT.stream().filter(rowsByStatus::containsKey).toList();
    this.workspaces = WorkspaceShares.toTell(run);
    this.rows = statuses.stream().mapToLong(rowsByStatus::get).sum();
  }

  /**
   * A row of the table.
   *
   * @param texts to show under the line; null for none
   */
  record Row(
      long account,
      String address,
      String field,
      Difference line,
      @Nullable ShownChange texts,
      RowStatus status,
      String workspace) {}

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /** The fields to choose from. */
  public List<String> fields() {
    return fields;
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

  /** The rows. */
  public Parts<Row> parts() {
    return new Parts<>(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return hasRow();
          }

          @Override
          public Row next() {
            if (!hasRow()) {
              throw new NoSuchElementException();
            }
            return waiting.removeFirst();
          }
        });
  }

  private boolean hasRow() {
    while (waiting.isEmpty() && !room.isUsedUp() && source.hasNext()) {
      ChangedRow read = source.next();
      rowsRead++;
      Changes changes = read.changes();
      Long account = read.outcome().accountId();
      if (changes != null && account != null) {
        new TreeMap<>(changes.after())
            .forEach(
                (field, after) ->
                    waiting.add(row(read, account, field, changes.before().get(field), after)));
      }
    }
    return !waiting.isEmpty();
  }

  private Row row(
      ChangedRow read,
      long account,
      AccountField field,
      @Nullable SettingValue before,
      SettingValue after) {
    ShownChange change = ShownChange.of(field, before, after);
    ShownChange texts = change.texts();
    if (texts != null && room.left() < (rows - rowsRead) * fields.size() * USUAL_BYTES) {
      texts = null;
      textsCut++;
    }
    return new Row(
        account,
        read.address() == null ? "" : read.address(),
        change.name(),
        change.line(),
        texts,
        read.outcome().status(),
        read.outcome().workspace());
  }

  /** How many rows of the input the page has no room for; null for none. Ask after the parts. */
  public @Nullable String omitted() {
    return rowsRead < rows && source.hasNext() ? Figures.number(rows - rowsRead, "more row") : null;
  }

  /** How many long texts are shown only where they differ; null for none. Ask after the parts. */
  public @Nullable String textsCut() {
    return textsCut == 0 ? null : Figures.number(textsCut, "text");
  }

  @Override
  public void close() {
    source.close();
  }
}
