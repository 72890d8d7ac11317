package io.github.smartleadbulk.guard;

import io.github.smartleadbulk.account.Changes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is about to change, counted for the guards on all rows and for those that workspaces
 * have of their own. A workspace with a bound of its own does not count for the general one.
 */
public final class WorkspaceChanges {

  private final Guards general;
  private final PlannedChanges changes;
  private final Map<String, Own> ownByWorkspace = new LinkedHashMap<>();

  private record Own(Guards guards, PlannedChanges changes) {}

  /**
   * @param general the guards on rows of workspaces that have none of their own
   * @param rows number of rows of the run
   * @param done accounts that the run has changed already, without those of workspaces that have a
   *     bound on changes of their own
   */
  public WorkspaceChanges(Guards general, long rows, long done) {
    this.general = general;
    this.changes = new PlannedChanges(rows, done);
  }

  /**
   * Gives a workspace bounds of its own.
   *
   * @param maxChanges null if the general bound counts
   * @param maxIncrease null if the general bound counts
   * @param rows number of rows of the workspace
   * @param done accounts of the workspace that the run has changed already
   */
  public void bound(
      String workspace,
      @Nullable Share maxChanges,
      @Nullable Share maxIncrease,
      long rows,
      long done) {
    Guards own = Guards.usual().with(maxChanges, maxIncrease, null, 0);
    ownByWorkspace.put(workspace, new Own(own, new PlannedChanges(rows, done)));
    if (maxChanges != null) {
      changes.exemptRows(rows);
    }
  }

  /** Adds a row that is to be sent. */
  public void add(String workspace, long line, long accountId, Changes row) {
    Own own = ownByWorkspace.get(workspace);
    if (own == null) {
      changes.add(line, accountId, row, general);
      return;
    }
    own.changes().add(line, accountId, row, own.guards());
    Guards others =
        own.guards().maxIncrease() == null
            ? general
            : general.with(general.maxChanges(), null, null, 0);
    changes.add(line, accountId, row, others);
    if (own.guards().maxChanges() != null) {
      changes.exempt();
    }
  }

  /** The objections of the guards on all rows. */
  public List<Objection> objections(boolean restores) {
    return changes.objections(general, restores);
  }

  /** The objections of the bounds of workspaces, by workspace; nothing for those without. */
  public Map<String, List<Objection>> objectionsByWorkspace() {
    Map<String, List<Objection>> found = new LinkedHashMap<>();
    ownByWorkspace.forEach(
        (workspace, own) -> {
          List<Objection> objections = own.changes().objections(own.guards(), true);
          if (!objections.isEmpty()) {
            found.put(workspace, objections);
          }
        });
    return found;
  }

  /** The number of accounts that would change. */
  public long count() {
    return changes.count();
  }
}
