package io.github.smartleadbulk.state;

import static io.github.smartleadbulk.state.TestOutcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@Timeout(30)
final class JournalTest {

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
                3, 900, 5L, RowStatus.FAILED, List.of(), null, 7, "a;b\n\"ü\" \uD83D\uDE00", null));
    try (StateStore store = StateStore.open(folder)) {
      TestOutcomes.record(store, 4, outcomes);
    }

    assertThat(reopened(4)).isEqualTo(outcomes);
  }

  @Test
  void outcomeOfEveryStatusIsKept() {
    List<RowOutcome> outcomes = new ArrayList<>();
    try (StateStore store = StateStore.open(folder);
        Journal journal = Journal.open(store, 1)) {
      for (RowStatus status : RowStatus.values()) {
        RowOutcome outcome = TestOutcomes.ended(outcomes.size() + 1, status);
        outcomes.add(outcome);
        var unused = journal.record(outcome);
      }
    }

    assertThat(reopened(1)).isEqualTo(outcomes);
  }

  @Test
  void completedOutcomeIsThereForOthersAtOnce() throws Exception {
    try (StateStore store = StateStore.open(folder);
        Journal journal = Journal.open(store, 1)) {
      assertThat(journal.record(updated(1)).get()).isEqualTo(updated(1));
      assertThat(store.outcomes().page(1, 0, 10)).containsExactly(updated(1));
    }
  }

  /** Many more than one commit takes, from many threads, in no order. */
  @Test
  void sharedCommitsKeepEveryOutcome() throws Exception {
    int threads = 4;
    int each = 3_000;
    try (StateStore store = StateStore.open(folder);
        Journal journal = Journal.open(store, 1)) {
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        writers.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < each; i++) {
                    var unused = journal.record(updated(1 + first + (long) i * threads));
                  }
                }));
      }
      for (CompletableFuture<Void> writer : writers) {
        writer.get();
      }
    }

    List<RowOutcome> kept = reopened(1);
    assertThat(kept).hasSize(threads * each);
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i)).isEqualTo(updated(i + 1));
    }
  }

  /** H2's own way with room that has become free loses the last commits. */
  @Test
  void everyCommitIsThereAfterAKillInAFileThatHasBecomeRoomy(@TempDir Path killed)
      throws Exception {
    int rows = 0;
    try (StateStore store = StateStore.open(folder)) {
      JdbcClient jdbc = JdbcClient.create(store.dataSource());
      // What has become free may be written over at once, instead of after 45 seconds.
      jdbc.sql("SET RETENTION_TIME 0").update();
      jdbc.sql("CREATE TABLE bulk AS SELECT x, SPACE(1000) AS text FROM SYSTEM_RANGE(1, 5000)")
          .update();
      jdbc.sql("DROP TABLE bulk").update();
      try (Journal journal = Journal.open(store, 1)) {
        for (int kill = 0; kill < 10; kill++) {
          for (int i = 0; i < 31; i++) {
            journal.record(updated(++rows)).get();
          }
          Files.copy(
              folder.resolve("state.mv.db"),
              killed.resolve("state.mv.db"),
              StandardCopyOption.REPLACE_EXISTING);
          try (StateStore after = StateStore.open(killed)) {
            assertThat(after.outcomes().page(1, 0, 1_000)).hasSize(rows);
          }
        }
      }
    }
  }

  /** A second outcome of a row would be a fault of ours: nothing after it may count as kept. */
  @Test
  void outcomeThatCannotBeKeptIsToldAndSoAreAllAfterIt() throws Exception {
    try (StateStore store = StateStore.open(folder);
        Journal journal = Journal.open(store, 1)) {
      journal.record(updated(1)).get();
      assertFailed(journal.record(updated(1)));
      assertFailed(journal.record(updated(2)));
    }

    assertThat(reopened(1)).containsExactly(updated(1));
  }

  @Test
  void databaseThatIsGoneIsTold() {
    StateStore store = StateStore.open(folder);
    try (Journal journal = Journal.open(store, 1)) {
      store.close();
      assertFailed(journal.record(updated(1)));
    }

    assertThat(reopened(1)).isEmpty();
  }

  private static void assertFailed(CompletableFuture<RowOutcome> outcome) {
    assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(StateException.class)
        .hasMessageStartingWith("the outcomes of run 1 could not be kept: ");
  }

  @Test
  void interruptDoesNotLoseAnOutcome() throws Exception {
    try (StateStore store = StateStore.open(folder);
        Journal journal = Journal.open(store, 1)) {
      Thread.currentThread().interrupt();
      CompletableFuture<RowOutcome> kept = journal.record(updated(1));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(kept.get()).isEqualTo(updated(1));
    }
  }
}
