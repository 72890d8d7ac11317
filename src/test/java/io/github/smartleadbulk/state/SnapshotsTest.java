package io.github.smartleadbulk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SeenAccount;
import io.github.smartleadbulk.account.SettingValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:15:30.123Z");

  @TempDir private Path folder;
  private StateStore store;
  private Snapshots snapshots;

  @BeforeEach
  void open() {
    store = TestState.open(folder);
    snapshots = store.snapshots();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private int run(String command) {
    return store.runs().create(store.nextNumber(), spec(command, "https://a"), null, NOW).id();
  }

  private static RunSpec spec(String command, String target) {
    return new RunSpec(command, "a.csv", "/a.csv", "a".repeat(64), target, "k", Map.of(), null);
  }

  private static Account account(long id, long limit) {
    return new Account(
        id,
        "Mail" + id + "@Example.com",
        Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(limit)));
  }

  private SeenAccount find(int run, long id) {
    try (SeenAccounts accounts = snapshots.open()) {
      return accounts.find(run, id).orElseThrow();
    }
  }

  @Test
  void addressWithCharactersThatADatabaseDoesNotTakeIsFound() {
    int run = run("update");
    snapshots.begin(run, NOW);
    Account odd = new Account(1, "a\0b\ud800@example.com", Map.of());
    snapshots.add(run, List.of(odd), 1, true, null, NOW);
    snapshots.indexAddresses(run);
    assertThat(find(run, 1).latest().fromEmail()).startsWith("a\ufffdb");
  }

  @Test
  void pagesAddUpAndAnAccountThatIsSeenTwiceIsAsSeenLast() {
    int run = run("update");
    snapshots.begin(run, NOW);
    snapshots.add(run, List.of(account(1, 10), account(2, 20)), 2, false, null, NOW.plusSeconds(1));
    assertThat(snapshots.countUnseen(run, List.of(account(2, 0), account(3, 0)))).isEqualTo(1);
    snapshots.add(run, List.of(account(2, 25), account(3, 30)), 5, true, null, NOW.plusSeconds(2));

    assertThat(snapshots.find(run))
        .contains(new Snapshot(7, true, false, NOW.plusSeconds(2), null));
    assertThat(snapshots.count(run)).isEqualTo(3);
    assertThat(find(run, 2)).isEqualTo(new SeenAccount(account(2, 25), account(2, 25)));
    snapshots.indexAddresses(run);
    snapshots.indexAddresses(run);
    try (SeenAccounts accounts = snapshots.open()) {
      assertThat(accounts.find(run, 4)).isEmpty();
      assertThat(accounts.find(run, "mail3@example.COM")).containsExactly(3L);
      assertThat(accounts.find(run, "nobody@example.com")).isEmpty();
    }
  }

  /** The list got shorter while it was read: the page before is looked at again. */
  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "a copy of the folder is not the state")
  void aStepBackIsOnRecordTooAfterAKill(@TempDir Path killed) throws IOException {
    int run = run("update");
    snapshots.begin(run, NOW);
    snapshots.add(run, List.of(account(1, 10), account(2, 20)), 100, false, null, NOW);
    snapshots.add(run, List.of(), -50, false, null, NOW.plusSeconds(1));
    Snapshot back = new Snapshot(50, false, false, NOW.plusSeconds(1), null);
    assertThat(snapshots.find(run)).contains(back);
    StateStoreTest.copy(folder, killed);

    try (StateStore other = TestState.open(killed)) {
      assertThat(other.snapshots().find(run)).contains(back);
      assertThat(other.snapshots().count(run)).isEqualTo(2);
      other.snapshots().add(run, List.of(account(3, 30)), 60, true, null, NOW.plusSeconds(2));
      assertThat(other.snapshots().find(run))
          .contains(new Snapshot(110, true, false, NOW.plusSeconds(2), null));
    }
  }

  @Test
  void whatIsReadAgainKeepsWhatWasSeenFirst() {
    int run = run("update");
    snapshots.begin(run, NOW);
    snapshots.add(run, List.of(account(1, 10), account(2, 20)), 2, true, null, NOW);

    snapshots.beginAgain(run, NOW.plusSeconds(60));
    assertThat(snapshots.find(run))
        .contains(new Snapshot(0, false, false, NOW.plusSeconds(60), null));
    assertThat(snapshots.count(run)).isZero();
    snapshots.add(run, List.of(account(1, 11)), 1, true, null, NOW.plusSeconds(61));

    assertThat(find(run, 1)).isEqualTo(new SeenAccount(account(1, 10), account(1, 11)));
    assertThat(find(run, 2).first()).isEqualTo(account(2, 20));
    assertThat(find(run, 2).latest().valuesByField()).isEmpty();
    snapshots.beginAgain(run, NOW.plusSeconds(70));
    snapshots.add(run, List.of(account(1, 12)), 1, true, null, NOW.plusSeconds(71));
    assertThat(find(run, 1)).isEqualTo(new SeenAccount(account(1, 10), account(1, 12)));
    List<Long> ids = new ArrayList<>();
    snapshots.forEachId(run, ids::add);
    assertThat(ids).containsExactly(1L);
  }

  @Test
  void onlyAFinishedPlansSnapshotIsUsedAgainAndOnlyUntilSomethingIsSent() {
    int update = run("update");
    int plan = run("plan");
    RunSpec spec = spec("update", "https://a");
    for (int run : List.of(update, plan)) {
      snapshots.begin(run, NOW);
      snapshots.add(run, List.of(account(1, 10)), 1, true, null, NOW);
      assertThat(snapshots.findReusable(spec.workspaces().get(0), NOW)).isEmpty();
      store.runs().end(run, RunStatus.FINISHED, 0, NOW);
    }

    assertThat(snapshots.findReusable(spec.workspaces().get(0), NOW)).contains((long) plan);
    assertThat(snapshots.findReusable(spec.workspaces().get(0), NOW.plusMillis(1))).isEmpty();
    assertThat(snapshots.findReusable(spec("update", "https://b").workspaces().get(0), NOW))
        .isEmpty();

    int copy = run("update");
    snapshots.copy(plan, copy);
    assertThat(snapshots.find(copy)).isEqualTo(snapshots.find(plan));
    assertThat(find(copy, 1)).isEqualTo(find(plan, 1));

    snapshots.forbidReuse(spec.workspaces().get(0));
    assertThat(snapshots.findReusable(spec.workspaces().get(0), NOW)).isEmpty();
    assertThat(find(plan, 1)).isNotNull();
    snapshots.deleteAll(copy);
    assertThat(snapshots.find(copy)).isEmpty();
  }

  /** Rows whose accounts were not seen say it, whoever goes on with the run. */
  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "a copy of the folder is not the state")
  void whyAListWasNotReadWholeIsOnRecordUntilItIsReadAgain(@TempDir Path killed)
      throws IOException {
    int plan = run("plan");
    snapshots.begin(plan, NOW);
    snapshots.add(plan, List.of(account(1, 10)), 2, false, "it shows 1 in 2", NOW);
    StateStoreTest.copy(folder, killed);
    try (StateStore other = TestState.open(killed)) {
      assertThat(other.snapshots().find(plan).orElseThrow().fault()).isEqualTo("it shows 1 in 2");
    }
    int copy = run("update");
    snapshots.copy(plan, copy);
    assertThat(snapshots.find(copy).orElseThrow().fault()).isEqualTo("it shows 1 in 2");

    snapshots.beginAgain(copy, NOW);

    assertThat(snapshots.find(copy).orElseThrow().fault()).isNull();
  }

  @Test
  void whatWasSufficientIsSoUntilItChanges() {
    int run = run("update");
    snapshots.begin(run, NOW);
    List<Runnable> changes =
        List.of(
            () -> snapshots.add(run, List.of(account(1, 10)), 1, false, null, NOW),
            () -> snapshots.beginAgain(run, NOW),
            () -> snapshots.skip(run));
    for (Runnable change : changes) {
      snapshots.setSufficient(run);
      assertThat(snapshots.find(run).orElseThrow().sufficient()).isTrue();
      change.run();
      assertThat(snapshots.find(run).orElseThrow().sufficient()).isFalse();
    }
  }

  @Test
  void deletingASnapshotLeavesTheOthers() {
    int run = run("update");
    int other = run("update");
    for (int each : List.of(run, other)) {
      snapshots.begin(each, NOW);
      snapshots.add(each, List.of(account(1, 10)), 1, true, null, NOW);
    }

    snapshots.deleteAll(run);
    assertThat(snapshots.find(run)).isEmpty();
    assertThat(snapshots.count(run)).isZero();
    assertThat(find(other, 1).latest()).isEqualTo(account(1, 10));

    snapshots.deleteAll(other);
    assertThat(snapshots.find(other)).isEmpty();
    snapshots.begin(other, NOW);
    assertThat(snapshots.count(other)).isZero();
  }

  /** A call of ours may have changed it before it was seen. */
  @Test
  void whatOnlyALaterPassHasSeenWasNotKnownAtFirst() {
    int run = run("update");
    snapshots.skip(run);
    assertThat(snapshots.find(run)).contains(new Snapshot(0, false, false, Instant.EPOCH, null));
    snapshots.beginAgain(run, NOW);
    snapshots.add(run, List.of(account(1, 10)), 1, true, null, NOW);

    assertThat(find(run, 1).first().valuesByField()).isEmpty();
    assertThat(find(run, 1).latest()).isEqualTo(account(1, 10));

    snapshots.skip(run);
    assertThat(find(run, 1).latest().valuesByField()).isEmpty();
  }

  @Test
  void everyKindOfValueComesBackAsItWas() {
    Map<AccountField, SettingValue> values = new EnumMap<>(AccountField.class);
    values.put(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole((1L << 53) - 1));
    values.put(AccountField.SIGNATURE, new SettingValue.Text(" \"<b>\r\nÄ\uD83D\uDE00\u0001 "));
    values.put(AccountField.BCC, new SettingValue.Text(""));
    values.put(AccountField.CLIENT_ID, new SettingValue.None());
    values.put(AccountField.IS_SUSPENDED, new SettingValue.Flag(true));
    Account account = new Account(1, null, values);
    int run = run("update");
    snapshots.begin(run, NOW);
    snapshots.add(run, List.of(account), 1, true, null, NOW);

    assertThat(find(run, 1).latest()).isEqualTo(account);
  }
}
