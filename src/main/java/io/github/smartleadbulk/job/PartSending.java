package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.ClientStop;
import io.github.smartleadbulk.guard.Deadline;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a part of a run for the process that has the run: the rows of some workspaces. Their
 * accounts have been read and the guards have looked at the rows. Outcomes go to the journal, where
 * the other process finds them.
 */
public final class PartSending {

  private static final int LOOK_EVERY_SECONDS = 1;

  /** After these, another process can go on. */
  private static final Set<ClientStop.Cause> OF_THIS_PROCESS =
      Set.of(ClientStop.Cause.FAULT, ClientStop.Cause.RECORD_LOST, ClientStop.Cause.RECORD_AWAY);

  /** Tells whether to go on with the part. */
  public interface GoingOn {

    /**
     * Asks whoever has the run.
     *
     * @throws IOException if that is not known
     */
    boolean isWanted() throws IOException;
  }

  private final RunContext context;
  private final List<OpenWorkspace> workspaces;
  private final GoingOn goingOn;

  /** What the other process knows, by the places of the workspaces. */
  private final Map<Integer, WorkspaceTotals> noted = new HashMap<>();

  PartSending(RunContext context, Set<Integer> places, GoingOn goingOn) {
    this.context = context;
    this.workspaces =
        context.workspaces().stream()
            .filter(workspace -> places.contains(workspace.place()))
            .toList();
    this.goingOn = goingOn;
  }

  /** Sends all rows, or until somebody asks this process to end. */
  void execute() throws Exception {
    Deadline deadline = context.deadline();
    if (deadline != null) {
      workspaces.forEach(workspace -> workspace.client().limit(deadline));
    }
    try (InputParts input = new InputParts(context, workspaces::contains);
        RowSenders senders = new RowSenders(context, input, workspaces)) {
      // The other process writes the lines and counts the calls.
      senders.outcomes().skip(context.rows());
      context.progress().needed(Map.of());
      senders.start();
      senders.checkFailure();
      CompletableFuture<?> done =
          CompletableFuture.allOf(
              workspaces.stream()
                  .map(workspace -> senders.of(workspace).done())
                  .toArray(CompletableFuture[]::new));
      while (!isDone(done)) {
        note();
        if (!goingOn.isWanted()) {
          context.stop(
              new Stop(ExitCode.STOPPED_EARLY, "the process that has the run needs no more help"));
        }
      }
      note();
      senders.checkFailure();
    }
  }

  private static boolean isDone(CompletableFuture<?> done) throws Exception {
    try {
      done.get(LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Tells the other process what the calls were like, and which workspaces have stopped. */
  private void note() {
    Map<Integer, WorkspaceTotals> changed = new HashMap<>();
    for (OpenWorkspace workspace : workspaces) {
      RunEnd end =
          workspace.isStoppedByItself() && !isOfThisProcess(workspace)
              ? RunEnd.of(workspace)
              : null;
      WorkspaceTotals totals = workspace.totals(end);
      if (!totals.equals(noted.put(workspace.place(), totals))) {
        changed.put(workspace.place(), totals);
      }
    }
    context.store().runs().note(context.run(), changed);
  }

  /** Whether a workspace has stopped for a reason that others need not have. */
  private static boolean isOfThisProcess(OpenWorkspace workspace) {
    return workspace.askedToStop() == null
        && workspace
            .client()
            .stopped()
            .map(ClientStop::cause)
            .filter(OF_THIS_PROCESS::contains)
            .isPresent();
  }
}
