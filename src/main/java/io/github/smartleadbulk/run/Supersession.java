package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out whether later runs have set what rows of a run still want to set: then the run is out
 * of date, and resuming it would take back what is newer. For one thread.
 */
public final class Supersession {

  /** Accounts that are looked up at once. */
  private static final int AT_ONCE = 1_000;

  private final StateStore store;
  private final RunRecord run;
  private final Set<Integer> laterRuns;
  private final Map<WorkspaceAccount, Set<AccountField>> wantedByAccount = new HashMap<>();
  private final TreeSet<Integer> found = new TreeSet<>();
  private long rows;

  public Supersession(StateStore store, RunRecord run) {
    this.store = store;
    this.run = run;
    this.laterRuns = Set.copyOf(store.runs().laterOf(run));
  }

  /** Whether there is a later run at all; if not, no row needs to be added. */
  public boolean isPossible() {
    return !laterRuns.isEmpty();
  }

  /**
   * Adds a row that the run has not done yet.
   *
   * @param fields that the row sets
   */
  public void add(WorkspaceAccount account, Set<AccountField> fields) {
    wantedByAccount.merge(
        account,
        fields,
        (some, others) -> {
          Set<AccountField> all = new TreeSet<>(some);
          all.addAll(others);
          return all;
        });
    if (wantedByAccount.size() >= AT_ONCE) {
      lookUp();
    }
  }

  private void lookUp() {
    Set<WorkspaceAccount> concerned = new TreeSet<>();
    store
        .outcomes()
        .forEachSetLater(
            run.id(),
            wantedByAccount.keySet(),
            (laterRun, account, fields) -> {
              Set<AccountField> wanted = wantedByAccount.getOrDefault(account, Set.of());
              if (laterRuns.contains(laterRun) && fields.stream().anyMatch(wanted::contains)) {
                found.add(laterRun);
                concerned.add(account);
              }
            });
    rows += concerned.size();
    wantedByAccount.clear();
  }

  /**
   * Says what later runs have set.
   *
   * @param which of the run's rows were added, such as {@code rows that are left}
   * @return empty if they have set nothing of that
   */
  public Optional<String> result(String which) {
    if (!wantedByAccount.isEmpty()) {
      lookUp();
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s set the same fields in %,d of the %s",
            found.size() == 1
                ? "run " + found.first() + " has"
                : found.stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(" and ", "runs ", " have")),
            rows,
            which));
  }
}
