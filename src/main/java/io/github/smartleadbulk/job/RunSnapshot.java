package io.github.smartleadbulk.job;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.client.AccountListWalk;
import io.github.smartleadbulk.input.AddressBook;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.job.InputParts.RowSource;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.SnapshotSettings.Mode;
import io.github.smartleadbulk.state.Snapshot;
import io.github.smartleadbulk.state.Snapshots;
import io.github.smartleadbulk.workspace.Workspace.CallMemory;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * The account list of a workspace in a run: how much of it the run needs and what it has read. Each
 * page is stored with the position after it, so that a restart continues there.
 */
final class RunSnapshot implements ItemWriter<AccountListWalk.Step> {

  private static final int ROWS_PER_PAGE_AT_LEAST = 5;

  private final RunContext context;
  private final InputParts input;
  private final AtomicBoolean addressesFound;
  private final OpenWorkspace workspace;
  private final long list;
  private final Snapshots snapshots;
  private final Mode mode;
  private WantedAccounts wanted = WantedAccounts.none();
  private AccountListWalk walk = AccountListWalk.whole(null);

  /**
   * @param addressesFound set if rows may find their accounts by address in what was read
   */
  RunSnapshot(
      RunContext context, InputParts input, AtomicBoolean addressesFound, OpenWorkspace workspace) {
    this.context = context;
    this.input = input;
    this.addressesFound = addressesFound;
    this.workspace = workspace;
    this.list = workspace.list();
    this.snapshots = context.store().snapshots();
    this.mode = context.settings().snapshot().mode();
  }

  /**
   * Whether nothing has to be read, because the run needs nothing or an earlier process has read it
   * recently.
   *
   * @throws RunRefusedException if the run needs the list but its options forbid reading it
   */
  boolean isRead() throws IOException {
    if (isNotNeeded()) {
      return true;
    }
    boolean isDone = isDone();
    if (isDone && hasAddresses()) {
      addressesFound.set(true);
    }
    return isDone;
  }

  private boolean isNotNeeded() throws IOException {
    if (context.isEveryRowEnded()) {
      return true;
    }
    if (mode != Mode.NONE) {
      return false;
    }
    if (context.options().comparedRun() != null) {
      throw new RunRefusedException(
          "this run compares accounts with an earlier run: it cannot be combined with --snapshot none");
    }
    if (context.options().onlyRaise()) {
      throw new RunRefusedException(
          "this run lowers no limit, so it must read the accounts: it cannot be combined with --snapshot none (unless you add --allow-decrease)");
    }
    if (hasAddresses() || !context.options().fills().isEmpty()) {
      refuseIfNeeded(wantedAccounts());
    }
    snapshots.skip(list);
    if (hasAddresses()) {
      snapshots.indexAddresses(list);
    }
    return true;
  }

  private boolean hasAddresses() {
    return context.prepared().input().header().indexOf(Column.FROM_EMAIL) >= 0;
  }

  /** Whether an earlier process finished this step and its snapshot can still be used. */
  private boolean isDone() {
    return snapshots
        .find(list)
        .filter(Snapshot::sufficient)
        .filter(own -> mode != Mode.FULL || own.complete())
        .filter(own -> !isTooOld(own, context.clock().instant()))
        .isPresent();
  }

  private static void refuseIfNeeded(WantedAccounts accounts) {
    if (accounts.addressed() > 0) {
      throw new RunRefusedException(
          "rows without an id are looked up in the account list: they cannot be combined with --snapshot"
              + " none");
    }
    if (accounts.areNeeded()) {
      throw new RunRefusedException(
          "templates use values of the rows' accounts: they cannot be combined with --snapshot none");
    }
  }

  private boolean isTooOld(Snapshot snapshot, Instant now) {
    return snapshot.readAt().isBefore(oldest(now))
        // The clock was wrong then, so the age of the snapshot is unknown.
        || snapshot.readAt().isAfter(now)
        || context
            .store()
            .runs()
            .hasSentAfter(context.run(), workspace.recorded(), snapshot.readAt());
  }

  private Instant oldest(Instant now) {
    return now.minus(context.settings().snapshot().age());
  }

  private WantedAccounts wantedAccounts() throws IOException {
    try (RowSource rows = input.rows(workspace)) {
      return WantedAccounts.of(
          rows,
          context.prepared().input().rowReader(Duplicates.none(), AddressBook.unknown()),
          context.filling());
    }
  }

  /**
   * Begins a snapshot or continues the existing one.
   *
   * @return the walk through the rest of the list
   */
  AccountListWalk begin() throws IOException {
    Instant now = context.clock().instant();
    Optional<Snapshot> own = snapshots.find(list);
    Optional<Long> other =
        // An embedded sandbox lists the accounts of this input. The sandbox of another run listed
        // others.
        !context.options().asksForPresentValues()
                && workspace.workspace().callMemory() == CallMemory.KEPT
            ? snapshots
                .findReusable(workspace.recorded(), oldest(now))
                .filter(plan -> !snapshots.find(plan).orElseThrow().readAt().isAfter(now))
            : Optional.empty();
    if (own.isPresent()) {
      if (isTooOld(own.get(), now)) {
        snapshots.beginAgain(list, now);
      }
    } else if (other.isPresent()) {
      snapshots.copy(other.get(), list);
    } else {
      snapshots.begin(list, now);
    }
    wanted = wantedAccounts();
    snapshots.forEachId(list, wanted::see);
    long position = snapshots.find(list).orElseThrow().nextOffset();
    long seen = snapshots.count(list);
    walk =
        isWholeListWanted()
            ? AccountListWalk.whole(null, position, seen, AccountListWalk.MOST_ACCOUNTS)
            : AccountListWalk.loose(position, seen);
    return walk;
  }

  /** Whether a missed account would cause a wrong result that nobody notices. */
  private boolean isWholeListWanted() {
    return mode == Mode.FULL
        || wanted.addressed() > 0
        || wanted.areNeeded()
        || context.options().asksForPresentValues();
  }

  @Override
  public void write(Chunk<? extends AccountListWalk.Step> pages) {
    for (AccountListWalk.Step page : pages) {
      page.accounts().forEach(account -> wanted.see(account.id()));
      snapshots.add(
          list,
          page.accounts(),
          (int) page.advance(),
          walk.isEnded() && walk.fault() == null,
          walk.fault(),
          context.clock().instant());
    }
    context.progress().accountsRead(workspace.name(), walk.accounts());
  }

  /** Whether the run has read enough. */
  boolean isEnough() {
    Snapshot snapshot = snapshots.find(list).orElseThrow();
    if (snapshot.complete() || walk.isEnded()) {
      return true;
    }
    // Only the whole list shows whether an address belongs to one account only.
    if (mode == Mode.FULL || wanted.addressed() > 0) {
      return false;
    }
    long pages = (snapshot.nextOffset() + AccountPage.ROWS / 2) / AccountPage.ROWS;
    boolean mayReadOn =
        context.options().asksForPresentValues()
            || wanted.areNeeded()
            || pages < Math.max(1, context.rows() / ROWS_PER_PAGE_AT_LEAST);
    return wanted.areAllSeen() || !mayReadOn;
  }

  /** Makes it possible to look up the rows' addresses in the accounts that were read. */
  void end() {
    if (hasAddresses()) {
      snapshots.indexAddresses(list);
    }
    if (wanted.addressed() > 0) {
      addressesFound.set(true);
    }
    snapshots.setSufficient(list);
  }

  /** Warns if this process or an earlier one could not read the whole list. */
  void warnOfFault() {
    snapshots
        .find(list)
        .map(Snapshot::fault)
        .ifPresent(
            fault ->
                context
                    .listener()
                    .warning(
                        context.prefix(workspace)
                            + "the account list could not be read in full: "
                            + fault
                            + ". The run uses the accounts that were read"));
  }
}
