package io.github.smartleadbulk.state;

import static io.github.smartleadbulk.state.TestOutcomes.begun;
import static io.github.smartleadbulk.state.TestOutcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.WrittenLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class RunJournalTest {

  private static final Changes CHANGES =
      new Changes(
          Map.of(AccountField.SIGNATURE, new SettingValue.Text("<p>ü \uD83D\uDE00\n</p>")),
          Map.of(
              AccountField.SIGNATURE, new SettingValue.Text(""),
              AccountField.CLIENT_ID, new SettingValue.None(),
              AccountField.IS_SUSPENDED, new SettingValue.Flag(true),
              AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(40)));

  private static final Map<String, Duration> WAITS = Map.of("60/min", Duration.ofMillis(1_500));

  @TempDir private Path folder;

  private List<RowOutcome> reopened(int run) {
    try (StateStore store = StateStore.open(folder)) {
      return store.outcomes().page(run, 0, 1_000_000);
    }
  }

  @Test
  void outcomeIsKeptToTheLetter() {
    List<RowOutcome> outcomes =
        List.of(
            updated(1),
            TestOutcomes.ended(2, RowStatus.SKIPPED),
            new RowOutcome(
                3,
                900,
                5L,
                RowStatus.FAILED,
                List.of(),
                null,
                7,
                "a;b\n\"ü\" \uD83D\uDE00",
                null,
                WorkspaceNames.DEFAULT));
    try (StateStore store = StateStore.open(folder)) {
      TestOutcomes.record(store, 4, outcomes);
    }

    assertThat(reopened(4)).isEqualTo(outcomes);
  }

  @Test
  void outcomeOfEveryStatusIsKept() {
    List<RowOutcome> outcomes = new ArrayList<>();
    for (RowStatus status : RowStatus.values()) {
      outcomes.add(TestOutcomes.ended(outcomes.size() + 1, status));
    }
    try (StateStore store = StateStore.open(folder)) {
      TestOutcomes.record(store, 1, outcomes);
    }

    assertThat(reopened(1)).isEqualTo(outcomes);
  }

  @Test
  void changesAreKeptToTheLetter() {
    try (StateStore store = StateStore.open(folder)) {
      begun(store, 1).record(updated(1), CHANGES).join();
    }

    try (StateStore store = StateStore.open(folder)) {
      assertThat(store.outcomes().changes(1, 0))
          .extracting(Outcomes.ChangedRow::changes)
          .containsExactly(CHANGES);
    }
  }

  @Test
  void completedOutcomeIsThereForOthersAtOnce() {
    try (StateStore store = StateStore.open(folder)) {
      assertThat(begun(store, 1).record(updated(1), null).join()).isEqualTo(updated(1));
      assertThat(store.outcomes().page(1, 0, 10)).containsExactly(updated(1));
    }
  }

  /** Many more than one frame takes, from many threads, in no order. */
  @Test
  void sharedFramesKeepEveryOutcome() {
    int threads = 4;
    int each = 3_000;
    try (StateStore store = StateStore.open(folder)) {
      RunJournal journal = begun(store, 1);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        writers.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < each; i++) {
                    var unused = journal.record(updated(1 + first + (long) i * threads), null);
                  }
                }));
      }
      writers.forEach(CompletableFuture::join);
    }

    List<RowOutcome> kept = reopened(1);
    assertThat(kept).hasSize(threads * each);
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i)).isEqualTo(updated(i + 1));
    }
  }

  /** What a process that is killed leaves, is what its journal says. */
  @Test
  void unfinishedRunIsReadFromItsJournal() {
    Instant at = Instant.ofEpochMilli(1_800_000_000_000L);
    try (StateStore store = StateStore.open(folder)) {
      RunJournal journal = begun(store, 1);
      store.runs().setRows(1, 9, List.of());
      for (long row = 1; row <= 3; row++) {
        journal.intend(at, "caller", row, CHANGES, 0).join();
      }
      journal.record(updated(1), CHANGES).join();
      journal.record(updated(3), CHANGES).join();
      journal.written(new WrittenLines(1, 100, 7), at, 3, 0, WAITS);
      journal.intendToRead(at, "caller", 0).join();

      JournalledRun run = store.journalled(1);
      assertThat(run.record().status()).isEqualTo(RunStatus.RUNNING);
      assertThat(run.record().rows()).isEqualTo(9);
      assertThat(run.record().calls()).isEqualTo(4);
      assertThat(run.record().waitedByCause()).isEqualTo(WAITS);
      assertThat(run.written()).isEqualTo(new WrittenLines(1, 100, 7));
      assertThat(run.rowsByStatus()).isEqualTo(Map.of(RowStatus.UPDATED, 2L));
      assertThat(run.endedAhead()).isEqualTo(Map.of(3L, updated(3)));
      assertThat(run.changesUnderWay()).isEqualTo(Map.of(2L, CHANGES));
      assertThat(run.latestCalls()).hasSize(4);
    }
  }

  @Test
  void interruptDoesNotLoseAnOutcome() {
    try (StateStore store = StateStore.open(folder)) {
      RunJournal journal = begun(store, 1);
      Thread.currentThread().interrupt();
      CompletableFuture<RowOutcome> kept = journal.record(updated(1), null);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(kept.join()).isEqualTo(updated(1));
    }
  }
}
