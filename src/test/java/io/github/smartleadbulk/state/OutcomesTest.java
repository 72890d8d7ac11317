package io.github.smartleadbulk.state;

import static io.github.smartleadbulk.state.TestOutcomes.ended;
import static io.github.smartleadbulk.state.TestOutcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.HeapShare;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.state.Outcomes.ChangedRow;
import io.github.smartleadbulk.state.Outcomes.FailingAccount;
import io.github.smartleadbulk.state.Outcomes.RunOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three runs: rows 1 to 10 of runs 1 and 3, and some of run 2. */
final class OutcomesTest {

  private static final long LAST_ROW = (1L << 40) - 1;

  @TempDir private Path folder;
  private StateStore store;

  @BeforeEach
  void write() {
    store = TestState.open(folder);
    for (int run : new int[] {1, 3}) {
      TestOutcomes.record(
          store, run, LongStream.rangeClosed(1, 10).mapToObj(TestOutcomes::updated).toList());
    }
    TestOutcomes.record(
        store,
        2,
        List.of(
            updated(1),
            ended(3, RowStatus.SKIPPED),
            ended(4, RowStatus.FAILED),
            ended(7, RowStatus.INVALID),
            ended(8, RowStatus.FAILED),
            updated(LAST_ROW)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<Long> rows(int run, long afterRow, int limit) {
    return store.outcomes().page(run, afterRow, limit).stream().map(RowOutcome::row).toList();
  }

  @Test
  void pagesFollowOneAnotherAndKeepToTheirRun() {
    assertThat(rows(2, 0, 100)).containsExactly(1L, 3L, 4L, 7L, 8L, LAST_ROW);
    assertThat(rows(2, 0, 2)).containsExactly(1L, 3L);
    assertThat(rows(2, 3, 2)).containsExactly(4L, 7L);
    assertThat(rows(2, 5, 2)).containsExactly(7L, 8L);
    assertThat(rows(2, 8, 2)).containsExactly(LAST_ROW);
    assertThat(rows(2, LAST_ROW, 2)).isEmpty();
    assertThat(rows(4, 0, 2)).isEmpty();
  }

  @Test
  void pageOfSomeStatuses() {
    assertThat(
            store.outcomes().page(2, 1, 3, Set.of(RowStatus.FAILED, RowStatus.INVALID)).stream()
                .map(RowOutcome::row))
        .containsExactly(4L, 7L, 8L);
    assertThat(store.outcomes().page(2, 0, 3, Set.of(RowStatus.UNCERTAIN))).isEmpty();
  }

  private static RowOutcome ofAccount(long row, long account, RowStatus status) {
    return new RowOutcome(
        row,
        row + 1,
        account,
        status,
        List.of(),
        404,
        1,
        "row " + row,
        Instant.EPOCH,
        WorkspaceNames.DEFAULT);
  }

  @Test
  void accountsThatFailInSeveralRunsAreFound() {
    TestOutcomes.record(
        store,
        4,
        List.of(
            ofAccount(1, 77, RowStatus.FAILED),
            ofAccount(2, 78, RowStatus.UNCERTAIN),
            ofAccount(3, 79, RowStatus.FAILED),
            ofAccount(4, 79, RowStatus.FAILED),
            ofAccount(5, 80, RowStatus.INVALID)));
    TestOutcomes.record(
        store, 5, List.of(ofAccount(1, 77, RowStatus.FAILED), ofAccount(2, 80, RowStatus.FAILED)));
    TestOutcomes.record(
        store,
        6,
        List.of(
            ofAccount(5, 78, RowStatus.FAILED),
            ofAccount(6, 77, RowStatus.UNCERTAIN),
            ofAccount(7, 79, RowStatus.UPDATED)));

    assertThat(store.outcomes().failingAgain(Set.of(2, 4, 5, 6), null, 50))
        .extracting(
            failing -> failing.account().id(),
            FailingAccount::runs,
            failing -> failing.latest().run(),
            failing -> failing.latest().outcome().message())
        .containsExactly(tuple(77L, 3L, 6, "row 6"), tuple(78L, 2L, 6, "row 5"));
    assertThat(store.outcomes().failingAgain(Set.of(4, 5, 6), null, 1)).hasSize(1);
    assertThat(store.outcomes().failingAgain(Set.of(4, 5), null, 50))
        .extracting(failing -> failing.account().id(), FailingAccount::runs)
        .containsExactly(tuple(77L, 2L));
    assertThat(store.outcomes().failingAgain(Set.of(5), null, 50)).isEmpty();
    assertThat(store.outcomes().failingAgain(Set.of(), null, 50)).isEmpty();
  }

  /** The texts of a row come to a quarter of what fits, whatever the heap. */
  @Test
  void changesComeAsManyAsFitIntoMemoryAndNoneIsMissing() {
    SettingValue text = new SettingValue.Text("x".repeat((int) (HeapShare.BYTES / 16)));
    Map<AccountField, SettingValue> signature = Map.of(AccountField.SIGNATURE, text);
    RunJournal journal = TestOutcomes.begun(store, 4);
    for (long row = 1; row <= 5; row++) {
      journal.record(updated(row), new Changes(signature, signature)).join();
    }
    List<Long> rows = new ArrayList<>();
    for (var page = store.outcomes().changes(4, 0);
        !page.isEmpty();
        page = store.outcomes().changes(4, rows.get(rows.size() - 1))) {
      assertThat(page).hasSizeLessThan(5);
      page.forEach(changed -> rows.add(changed.row()));
    }
    assertThat(rows).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(store.outcomes().changedFields(4))
        .containsExactlyInAnyOrder(AccountField.SIGNATURE, AccountField.BCC);

    store.delete(List.of(4));
    store.close();
    store = TestState.open(folder);
    assertThat(store.runs().find(4)).isEmpty();
  }

  private static final Changes CHANGED =
      new Changes(Map.of(), Map.of(AccountField.BCC, new SettingValue.Text("a@x.com")));

  private static final WorkspaceAccount IN_ACME = new WorkspaceAccount("acme", 77);
  private static final WorkspaceAccount IN_GLOBEX = new WorkspaceAccount("globex", 77);
  private static final WorkspaceAccount IN_DEFAULT =
      new WorkspaceAccount(WorkspaceNames.DEFAULT, 77);

  /** In two runs, the accounts with one id of two workspaces; in a third, the default one. */
  private void recordWorkspaces() {
    RunJournal four = TestOutcomes.begun(store, 4);
    four.record(ofAccount(1, 77, RowStatus.UPDATED).in("acme"), CHANGED).join();
    four.record(ofAccount(2, 77, RowStatus.FAILED).in("globex"), null).join();
    four.record(ofAccount(3, 78, RowStatus.FAILED), null).join();
    RunJournal five = TestOutcomes.begun(store, 5);
    five.record(ofAccount(1, 77, RowStatus.UNCERTAIN).in("globex"), CHANGED).join();
    five.record(ofAccount(2, 77, RowStatus.FAILED).in("acme"), null).join();
    TestOutcomes.record(store, 6, List.of(ofAccount(1, 77, RowStatus.FAILED)));
  }

  @Test
  void outcomeKeepsItsWorkspace() {
    recordWorkspaces();
    store.close();
    store = TestState.open(folder);

    assertThat(store.outcomes().page(4, 0, 10))
        .extracting(RowOutcome::workspace)
        .containsExactly("acme", "globex", "default");
    assertThat(store.outcomes().pageWithChanges(5, 0, Set.of(RowStatus.UNCERTAIN)))
        .extracting(found -> found.outcome().workspace())
        .containsExactly("globex");
    assertThat(store.outcomes().changes(4, 0))
        .extracting(ChangedRow::account)
        .containsExactly(IN_ACME);
    assertThat(store.outcomes().changedWorkspaces(4)).containsExactly("acme");
    assertThat(store.outcomes().changedWorkspaces(5)).containsExactly("globex");
    assertThat(store.outcomes().changedWorkspaces(6)).isEmpty();
  }

  @Test
  void accountsOfWorkspacesAreToldApart() {
    recordWorkspaces();
    Outcomes outcomes = store.outcomes();

    assertThat(outcomes.ofAccounts(List.of(IN_ACME), 10))
        .extracting(RunOutcome::run, found -> found.outcome().row())
        .containsExactly(tuple(4, 1L), tuple(5, 2L));
    assertThat(outcomes.ofAccounts(List.of(IN_DEFAULT), 10))
        .extracting(RunOutcome::run)
        .containsExactly(6);
    assertThat(outcomes.ofAccounts(List.of(IN_GLOBEX, IN_DEFAULT, IN_ACME), 3))
        .extracting(RunOutcome::run, found -> found.outcome().row())
        .containsExactly(tuple(5, 1L), tuple(5, 2L), tuple(6, 1L));
    assertThat(outcomes.runsOf(List.of(IN_GLOBEX))).containsExactly(4, 5);
    assertThat(outcomes.runsOf(List.of(IN_ACME, IN_DEFAULT))).containsExactly(4, 5, 6);
    assertThat(outcomes.accountsOf(4, List.of(1L, 2L)))
        .containsExactlyInAnyOrder(IN_ACME, IN_GLOBEX);
    assertThat(outcomes.changesOf(4, IN_ACME)).contains(CHANGED);
    assertThat(outcomes.changesOf(4, IN_GLOBEX)).isEmpty();
    assertThat(outcomes.changesOf(4, IN_DEFAULT)).isEmpty();
    List<Object> later = new ArrayList<>();
    outcomes.forEachSetLater(
        3,
        List.of(IN_ACME, IN_DEFAULT, IN_GLOBEX),
        (run, account, fields) -> later.add(tuple(run, account, List.copyOf(fields))));
    assertThat(later)
        .containsExactly(
            tuple(4, IN_ACME, List.of(AccountField.BCC)),
            tuple(5, IN_GLOBEX, List.of(AccountField.BCC)));
    assertThat(outcomes.failingAgain(Set.of(4, 5, 6), null, 50))
        .extracting(FailingAccount::account, FailingAccount::runs)
        .containsExactly(tuple(IN_GLOBEX, 2L));
  }
}
