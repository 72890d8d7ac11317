package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.input.AddressBook;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.SeenAccounts;
import io.github.smartleadbulk.state.Snapshot;
import io.github.smartleadbulk.state.Snapshots;
import io.github.smartleadbulk.state.StateStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of a run's workspaces, as the run has read them. Open it when the lists no longer
 * grow. Not thread-safe.
 */
public final class RunAccounts implements AddressBook, AutoCloseable {

  private final Snapshots snapshots;
  private final SeenAccounts accounts;
  private final Map<String, Long> listByWorkspace = new HashMap<>();
  private final Map<String, Optional<Snapshot>> snapshotByWorkspace = new HashMap<>();

  private RunAccounts(Snapshots snapshots, RunRecord run) {
    this.snapshots = snapshots;
    this.accounts = snapshots.open();
    for (RunSpec.Workspace workspace : run.spec().workspaces()) {
      listByWorkspace.put(workspace.name(), Snapshots.listOf(run.id(), listByWorkspace.size()));
    }
  }

  public static RunAccounts open(StateStore store, RunRecord run) {
    return new RunAccounts(store.snapshots(), run);
  }

  /** Finds an account by its id. */
  public Optional<SeenAccount> find(String workspace, long id) {
    Long list = listByWorkspace.get(workspace);
    return list == null ? Optional.empty() : accounts.find(list, id);
  }

  @Override
  public List<Long> find(String workspace, String address) {
    Long list = listByWorkspace.get(workspace);
    return list == null ? List.of() : accounts.find(list, address);
  }

  /** How far the account list of a workspace was read; empty if it was not. */
  Optional<Snapshot> list(String workspace) {
    return snapshotByWorkspace.computeIfAbsent(
        workspace, name -> Optional.ofNullable(listByWorkspace.get(name)).flatMap(snapshots::find));
  }

  @Override
  public void close() {
    accounts.close();
  }
}
