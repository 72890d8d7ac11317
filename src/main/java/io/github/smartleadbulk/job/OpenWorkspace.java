package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.ClientStatistics;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.run.ClientHandle;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.Snapshots;
import io.github.smartleadbulk.workspace.LoggedCalls;
import io.github.smartleadbulk.workspace.Workspace;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A workspace of a run while this process works on it: its client, the record of its calls and its
 * account list. What stops one workspace leaves the others alone. Thread-safe.
 */
final class OpenWorkspace implements AutoCloseable {

  private final int run;
  private final int place;
  private final Workspace workspace;
  private final ClientStatistics before;
  private final @Nullable Long rows;

  /** What other processes have done in the workspace since this one has opened it. */
  private volatile ClientStatistics elsewhere = new ClientStatistics(0, 0, Map.of());

  private volatile boolean isSentElsewhere;
  private final LoggedCalls calls;
  private final SmartleadClient client;
  private final ClientHandle handle;
  private volatile int canary;
  private volatile boolean late;
  private volatile @Nullable Stop stop;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param place of the workspace among those of the run
   * @param before what earlier processes of the run have done in the workspace
   * @param handle stops the workspace
   */
  OpenWorkspace(
      int run,
      int place,
      Workspace workspace,
      WorkspaceTotals before,
      LoggedCalls calls,
      SmartleadClient client,
      ClientHandle handle) {
    this.run = run;
    this.place = place;
    this.workspace = workspace;
    this.before = statistics(before);
    this.rows = before.rows();
    this.calls = calls;
    this.client = client;
    this.handle = handle;
    this.canary = before.canary();
    handle.publish(client);
  }

  String name() {
    return workspace.name();
  }

  int place() {
    return place;
  }

  Workspace workspace() {
    return workspace;
  }

  RunSpec.Workspace recorded() {
    return workspace.recorded();
  }

  SmartleadClient client() {
    return client;
  }

  LoggedCalls calls() {
    return calls;
  }

  /** The number of the account list, see {@link Snapshots#listOf}. */
  long list() {
    return Snapshots.listOf(run, place);
  }

  /** Takes no new rows of this workspace. Calls in flight end normally. */
  void stop(Stop why) {
    if (stop == null) {
      stop = why;
    }
    handle.stop(why);
  }

  boolean isStopped() {
    return client.stopped().isPresent();
  }

  /**
   * Whether the accounts of this workspace are read later, so that the others need not wait for
   * them.
   */
  boolean isLate() {
    return late;
  }

  void setLate(boolean isLate) {
    late = isLate;
  }

  /** Whether another process sends the rows of this workspace now. */
  boolean isSentElsewhere() {
    return isSentElsewhere;
  }

  void setSentElsewhere(boolean isElsewhere) {
    isSentElsewhere = isElsewhere;
  }

  /** Another process has done something in this workspace, which is on record in these totals. */
  void doneElsewhere(WorkspaceTotals recorded) {
    elsewhere = statistics(recorded).minus(before);
    canary = recorded.canary();
  }

  /**
   * What another process has done that was lost before it could tell.
   *
   * @param told the totals as that process has put them on record
   * @param calls how many calls others have been about to send since this process has opened the
   *     workspace
   */
  WorkspaceTotals withCalls(WorkspaceTotals told, long calls) {
    return told.withCalls(Math.max(told.calls(), before.calls() + calls));
  }

  /** What was done in the workspace since this process has opened it. */
  ClientStatistics statistics() {
    return elsewhere.plus(client.statistics());
  }

  private static ClientStatistics statistics(WorkspaceTotals totals) {
    return new ClientStatistics(totals.calls(), totals.rateLimited(), totals.waitedByCause());
  }

  /** Whether the rows of this workspace can be planned now. */
  boolean isReady() {
    return !late && !isStopped();
  }

  /** Why somebody asked the workspace to stop; null if nobody did. */
  @Nullable Stop askedToStop() {
    return handle.askedToStop();
  }

  /**
   * Whether the workspace has stopped for a reason of its own, and this is asked for the first
   * time. If the whole run was asked to stop, that is no reason of the workspace's own.
   */
  boolean isToldFirst() {
    return isStoppedByItself() && told.compareAndSet(false, true);
  }

  /** Whether the workspace has stopped, and not because the whole run was asked to stop. */
  boolean isStoppedByItself() {
    Stop asked = askedToStop();
    return isStopped() && (asked == null || asked.equals(stop));
  }

  /** How many rows were read back and found right. */
  int canary() {
    return canary;
  }

  void canaryPassed(int rows) {
    canary = rows;
  }

  /**
   * What all processes of the run have done in the workspace.
   *
   * @param end why rows of the workspace are left open; null if none is
   */
  WorkspaceTotals totals(@Nullable RunEnd end) {
    ClientStatistics all = before.plus(statistics());
    return new WorkspaceTotals(
        rows,
        all.calls(),
        all.rateLimited(),
        all.waitedByCause(),
        canary,
        end == null ? null : end.exitCode().code(),
        end == null ? null : end.stopped());
  }

  @Override
  public void close() {
    try (calls) {
      client.close();
    }
  }
}
