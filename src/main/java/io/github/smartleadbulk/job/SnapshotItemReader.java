package io.github.smartleadbulk.job;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.client.AccountListReader;
import io.github.smartleadbulk.client.AccountListWalk;
import io.github.smartleadbulk.client.Waiting;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads as much of the account list as the run needs, page by page, before anything is sent. Each
 * page must be written before the next page is read.
 */
final class SnapshotItemReader
    implements ItemStreamReader<AccountListWalk.Step>, StepExecutionListener {

  private static final int NOT_FOUND = 404;

  private static final String OFFSET = "accounts.offset";

  /** How long the other workspaces wait for one that cannot make calls. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RunContext context;
  private final OpenWorkspace workspace;
  private final RunSnapshot snapshot;
  private final ClockCheck clocks;
  private @Nullable StepExecution step;
  private @Nullable Instant waitingSince;
  private @Nullable AccountListWalk walk;
  private @Nullable AccountListReader list;

  SnapshotItemReader(
      RunContext context, OpenWorkspace workspace, RunSnapshot snapshot, ClockCheck clocks) {
    this.context = context;
    this.workspace = workspace;
    this.snapshot = snapshot;
    this.clocks = clocks;
  }

  @Override
  public void beforeStep(StepExecution stepExecution) {
    step = stepExecution;
  }

  @Override
  public AccountListWalk.@Nullable Step read() throws Exception {
    if (list == null) {
      if (snapshot.isRead()) {
        snapshot.warnOfFault();
        return clocks.askServer(workspace) ? null : stopEarly();
      }
      walk = snapshot.begin();
      list =
          new AccountListReader(
              workspace.client(),
              walk,
              accounts -> context.store().snapshots().countUnseen(workspace.list(), accounts));
    }
    if (snapshot.isEnough()) {
      snapshot.warnOfFault();
      snapshot.end();
      return null;
    }
    AccountListWalk.Step page = list.read(this::isTooLong);
    if (page != null) {
      clocks.check(workspace);
      return page;
    }
    if (list.isWaiting()) {
      workspace.setLate(true);
      return stopEarly();
    }
    if (list.unusable() instanceof Answer.Failed failed) {
      workspace.stop(
          new Stop(
              ExitCode.STOPPED_EARLY,
              "the accounts cannot be read, so nothing was sent: "
                  + failed.message()
                  + (Integer.valueOf(NOT_FOUND).equals(failed.httpStatus())
                      ? " (HTTP 404 for the account list). If the base URL is wrong, check --base-url, SMARTLEAD_BASE_URL and base-url in the config file"
                      : "")));
    }
    // The client has stopped and holds the reason.
    return stopEarly();
  }

  /**
   * Whether the workspace has to wait so long that the others must not wait for it: its server is
   * away, or its windows are full.
   */
  private boolean isTooLong() {
    if (workspace.isLate() || !context.mayBeLate()) {
      return false;
    }
    Instant now = context.clock().instant();
    Optional<Waiting> waiting = workspace.client().waiting();
    if (waiting.isEmpty()) {
      waitingSince = null;
      return false;
    }
    waitingSince = waitingSince == null ? now : waitingSince;
    return waiting.get().until().isAfter(now.plus(PATIENCE))
        || waitingSince.isBefore(now.minus(PATIENCE));
  }

  private AccountListWalk.@Nullable Step stopEarly() {
    // Otherwise the step would end as completed, although accounts are missing.
    Objects.requireNonNull(step).setTerminateOnly();
    context.tellStopped(workspace);
    return null;
  }

  /**
   * Saves the position for readers of Spring Batch's tables. A restart continues at the position in
   * the snapshot, which survives a kill.
   */
  @Override
  public void update(ExecutionContext saved) {
    if (walk != null) {
      saved.putLong(OFFSET, walk.next().offset());
    }
  }
}
