package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.client.AccountListWalk;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.RunSettings.CallMemory;
import io.github.smartleadbulk.run.RunStoppedException;
import io.github.smartleadbulk.run.SnapshotSettings.Mode;
import io.github.smartleadbulk.state.Snapshot;
import io.github.smartleadbulk.state.Snapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reads the accounts as they are, a page of the list at a time, before anything is sent. Each page
 * is kept with the place behind it, so that a restart goes on there.
 */
final class SnapshotTasklet implements Tasklet {

  private static final int ROWS_PER_PAGE_AT_LEAST = 5;

  /** What was done is committed, so that other connections see it, before the next is done. */
  private static final RepeatStatus COMMITTED = RepeatStatus.CONTINUABLE;

  private final RunContext context;
  private final Snapshots snapshots;
  private final Mode mode;
  private final ClockCheck clocks;
  private @Nullable WantedAccounts wanted;
  private AccountListWalk walk = AccountListWalk.whole(null);
  private boolean isWarned;

  SnapshotTasklet(RunContext context, ClockCheck clocks) {
    this.context = context;
    this.clocks = clocks;
    this.snapshots = context.store().snapshots();
    this.mode = context.settings().snapshot().mode();
  }

  @Override
  public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
      throws Exception {
    if (wanted == null) {
      if (isNotNeeded() || isDone()) {
        warnOfFault();
        return clocks.isMissing() ? readServerTime(contribution) : RepeatStatus.FINISHED;
      }
      wanted = begin();
      return COMMITTED;
    }
    Snapshot snapshot = snapshots.find(context.run()).orElseThrow();
    if (isEnough(snapshot, wanted)) {
      warnOfFault();
      if (hasAddresses() && snapshots.indexAddresses(context.run())) {
        return COMMITTED;
      }
      new InputInspection(context).lookUpAddresses(wanted.addressed());
      snapshots.setSufficient(context.run());
      return RepeatStatus.FINISHED;
    }
    Answer answer = read(walk.next());
    if (answer instanceof Answer.Listed page) {
      clocks.check();
      add(page, wanted);
    } else if (answer instanceof Answer.TooLarge) {
      walk.askForLess();
    } else if (answer instanceof Answer.Failed failed && walk.refuse(failed.message())) {
      add(new AccountListWalk.Step(List.of(), 0));
    } else if (answer instanceof Answer.Failed failed) {
      throw new RunStoppedException(
          ExitCode.STOPPED_EARLY,
          "the accounts cannot be read, nothing was sent: " + failed.message());
    } else {
      // The client has stopped, and says why.
      contribution.getStepExecution().setTerminateOnly();
    }
    return RepeatStatus.CONTINUABLE;
  }

  /** Any answer has it. */
  private RepeatStatus readServerTime(StepContribution contribution) throws InterruptedException {
    if (read(new AccountPage(0, 1, null)) instanceof Answer.Undecided) {
      contribution.getStepExecution().setTerminateOnly();
      return RepeatStatus.CONTINUABLE;
    }
    clocks.check();
    return RepeatStatus.FINISHED;
  }

  private boolean isNotNeeded() throws IOException {
    if (context.isEveryRowEnded()) {
      return true;
    }
    if (mode != Mode.NONE) {
      return false;
    }
    if (context.options().basis() != null) {
      throw new RunRefusedException(
          "this run compares accounts with an earlier run: it cannot do with --snapshot none");
    }
    if (context.options().onlyRaise()) {
      throw new RunRefusedException(
          "this run lowers no limit, for which it has to read the accounts: it cannot do with"
              + " --snapshot none (unless with --allow-decrease)");
    }
    if (hasAddresses() || !context.options().fills().isEmpty()) {
      refuseIfNeeded(wantedAccounts());
    }
    snapshots.skip(context.run());
    if (hasAddresses()) {
      snapshots.indexAddresses(context.run());
    }
    return true;
  }

  private boolean hasAddresses() {
    return context.prepared().input().header().indexOf(Column.FROM_EMAIL) >= 0;
  }

  /** Whether an earlier process has come to the end of this step, and what it saw still holds. */
  private boolean isDone() {
    return snapshots
        .find(context.run())
        .filter(Snapshot::sufficient)
        .filter(own -> mode != Mode.FULL || own.complete())
        .filter(own -> !isTooOld(own, context.clock().instant()))
        .isPresent();
  }

  private static void refuseIfNeeded(WantedAccounts accounts) {
    if (accounts.addressed() > 0) {
      throw new RunRefusedException(
          "rows without an id are looked up in the account list: they cannot do with --snapshot"
              + " none");
    }
    if (accounts.areNeeded()) {
      throw new RunRefusedException(
          "rows take values of their accounts into a template: they cannot do with --snapshot none");
    }
  }

  private boolean isTooOld(Snapshot snapshot, Instant now) {
    return snapshot.readAt().isBefore(oldest(now))
        // Of a clock that was wrong then: how old it is, nobody knows.
        || snapshot.readAt().isAfter(now)
        || context.store().runs().hasSentAfter(context.prepared().run(), snapshot.readAt());
  }

  private Instant oldest(Instant now) {
    return now.minus(context.settings().snapshot().age());
  }

  private WantedAccounts wantedAccounts() throws IOException {
    try (InputRows rows = context.prepared().input().rows()) {
      rows.skip(context.rowsWritten());
      return WantedAccounts.of(rows, context.filling());
    }
  }

  private WantedAccounts begin() throws IOException {
    int run = context.run();
    Instant now = context.clock().instant();
    Optional<Snapshot> own = snapshots.find(run);
    Optional<Integer> other =
        // An embedded sandbox lists the accounts of this input, another run's listed others.
        !context.options().asksForPresentValues()
                && context.settings().callMemory() == CallMemory.KEPT
            ? snapshots
                .findReusable(context.prepared().run().spec(), oldest(now))
                .filter(plan -> !snapshots.find(plan).orElseThrow().readAt().isAfter(now))
            : Optional.empty();
    if (own.isPresent()) {
      if (isTooOld(own.get(), now)) {
        snapshots.beginAgain(run, now);
      }
    } else if (other.isPresent()) {
      snapshots.copy(other.get(), run);
    } else {
      snapshots.begin(run, now);
    }
    WantedAccounts accounts = wantedAccounts();
    snapshots.forEachId(run, accounts::see);
    long position = snapshots.find(run).orElseThrow().nextOffset();
    long seen = snapshots.count(run);
    walk =
        isWholeListWanted(accounts)
            ? AccountListWalk.whole(null, position, seen, AccountListWalk.MOST_ACCOUNTS)
            : AccountListWalk.loose(position, seen);
    return accounts;
  }

  /** Whether an account that is missed makes a difference that nobody would see. */
  private boolean isWholeListWanted(WantedAccounts accounts) {
    return mode == Mode.FULL
        || accounts.addressed() > 0
        || accounts.areNeeded()
        || context.options().asksForPresentValues();
  }

  private boolean isEnough(Snapshot snapshot, WantedAccounts accounts) {
    if (snapshot.complete() || walk.isEnded()) {
      return true;
    }
    // Whether an address is that of one account only, the whole list tells.
    if (mode == Mode.FULL || accounts.addressed() > 0) {
      return false;
    }
    long pages = (snapshot.nextOffset() + AccountPage.ROWS / 2) / AccountPage.ROWS;
    boolean mayReadOn =
        context.options().asksForPresentValues()
            || accounts.areNeeded()
            || pages < Math.max(1, context.rows() / ROWS_PER_PAGE_AT_LEAST);
    return accounts.areAllSeen() || !mayReadOn;
  }

  private Answer read(AccountPage page) throws InterruptedException {
    try {
      return context.client().list(page).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("answers are values", e.getCause());
    }
  }

  private void add(Answer.Listed page, WantedAccounts accounts) {
    AccountListWalk.Step step =
        walk.add(page, unsure -> snapshots.countUnseen(context.run(), unsure));
    step.accounts().stream().mapToLong(Account::id).forEach(accounts::see);
    add(step);
  }

  private void add(AccountListWalk.Step step) {
    snapshots.add(
        context.run(),
        step.accounts(),
        (int) step.advance(),
        walk.isEnded() && walk.fault() == null,
        walk.fault(),
        context.clock().instant());
    context.progress().accountsRead(walk.accounts());
    context.keepCalls();
  }

  /** Also of a list that an earlier process has read. */
  private void warnOfFault() {
    String fault = snapshots.find(context.run()).map(Snapshot::fault).orElse(null);
    if (fault != null && !isWarned) {
      isWarned = true;
      context
          .listener()
          .warning(
              "the account list could not be read whole: " + fault + "; what was read is used");
    }
  }
}
