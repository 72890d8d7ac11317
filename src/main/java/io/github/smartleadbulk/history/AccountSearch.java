package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.run.RunFiles;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.state.Outcomes.RunOutcome;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds accounts and what was done to them, without the API. */
public record AccountSearch(StateStore store, RecordedRuns history) {

  /** Finds the accounts with an id that rows of runs are for. */
  public Set<WorkspaceAccount> accountsWith(long id) {
    return store.outcomes().accountsWith(id);
  }

  /**
   * Finds the accounts that had an address: in the account lists on record, and in the inputs of
   * runs. An input is not read if the address can only be that of an account that was found
   * already.
   *
   * @return none if the address is not known; several if it has moved from one account to another
   */
  public Set<WorkspaceAccount> accountsWith(String address) throws IOException {
    Set<WorkspaceAccount> found = store.snapshots().accountsWith(address);
    Set<Integer> runsOfFound = new HashSet<>(runsOf(found));
    AddressScan scan = AddressScan.of(address);
    List<RunRecord> runs = history.runs();
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunRecord run = runs.get(i);
      // The rows of a plan have no outcome that could name their accounts.
      if (run.spec().isPlan() || runsOfFound.contains(run.id())) {
        continue;
      }
      Set<WorkspaceAccount> ofRun = accountsWith(address, scan, run);
      if (found.addAll(ofRun)) {
        runsOfFound.addAll(runsOf(ofRun));
      }
    }
    return found;
  }

  private Set<Integer> runsOf(Set<WorkspaceAccount> accounts) {
    return accounts.isEmpty() ? Set.of() : store.outcomes().runsOf(accounts);
  }

  private Set<WorkspaceAccount> accountsWith(String address, AddressScan scan, RunRecord run)
      throws IOException {
    Path input = RunFiles.of(store, run).input();
    if (!Files.isReadable(input) || !scan.mayBeIn(input)) {
      return Set.of();
    }
    try {
      InputFile file = RunPreparation.inputOf(store, run);
      return file.header().indexOf(Column.FROM_EMAIL) < 0
          ? Set.of()
          : accountsWith(address, file, run.id());
    } catch (InputException | RunRefusedException e) {
      // A refused input has changed no account.
      return Set.of();
    }
  }

  private Set<WorkspaceAccount> accountsWith(String address, InputFile file, int run)
      throws IOException {
    try (InputRows rows = file.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        if (!address.equalsIgnoreCase(row.fromEmail())) {
          continue;
        }
        Set<WorkspaceAccount> found =
            row.accountId() == null
                ? store.outcomes().accountsOf(run, List.of(row.row().number()))
                : Set.of(new WorkspaceAccount(row.workspace(), row.accountId()));
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return Set.of();
  }

  /**
   * What was done to accounts, oldest first.
   *
   * @param since leaves out what was done before
   * @param limit how many rows at most; the latest are kept
   */
  public List<AccountEntry> entries(
      Collection<WorkspaceAccount> accounts, Instant since, int limit) {
    return store.outcomes().ofAccounts(accounts, limit).stream()
        .filter(found -> !at(found).isBefore(since))
        .map(
            found ->
                AccountEntry.of(
                    found,
                    history.find(found.run()).map(RecordedRuns::title).orElse("(deleted run)")))
        .toList();
  }

  /** When an outcome was known; the start of its run if no call was made. */
  private Instant at(RunOutcome found) {
    Instant finished = found.outcome().finishedAt();
    return finished == null ? startedAt(found.run()) : finished;
  }

  private Instant startedAt(int run) {
    return history.find(run).map(RunRecord::startedAt).orElse(Instant.EPOCH);
  }
}
