package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.state.JournalledRun;
import io.github.smartleadbulk.state.RunJournal;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.state.TestState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OrderedOutcomesTest {

  /** More than are kept in memory. */
  private static final int MANY = 45_000;

  private StateStore store;
  private RunJournal journal;
  private OrderedOutcomes outcomes;

  @BeforeEach
  void open(@TempDir Path folder) {
    store = TestState.open(folder.resolve("state"));
    RunSpec spec =
        new RunSpec("update", "a.csv", null, "f".repeat(64), "sandbox", "k", Map.of(), null);
    store.runs().create(1, spec, null, Instant.EPOCH);
    journal = store.journal(1);
    outcomes = new OrderedOutcomes(store.outcomes(), 1, JournalledRun.ofNewRun(1));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RowOutcome outcome(long row) {
    return new RowOutcome(
        row,
        row + 1,
        row,
        RowStatus.UNCHANGED,
        List.of(),
        null,
        0,
        "",
        null,
        WorkspaceNames.DEFAULT);
  }

  private void record(List<Long> rows) {
    CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    for (long row : rows) {
      last = journal.record(outcome(row), null).thenAccept(outcomes::add);
    }
    last.join();
  }

  private List<Long> takeAll() throws Exception {
    List<Long> rows = new ArrayList<>();
    for (RowOutcome next = outcomes.take(); next != null; next = outcomes.take()) {
      assertThat(next).isEqualTo(outcome(next.row()));
      rows.add(next.row());
    }
    return rows;
  }

  private static List<Long> rows(long first, long last) {
    return new ArrayList<>(LongStream.rangeClosed(first, last).boxed().toList());
  }

  @Test
  void outcomesOfAnyOrderLeaveInTheOrderOfTheInput() throws Exception {
    List<Long> shuffled = rows(1, 1_000);
    Collections.shuffle(shuffled, new Random(1));
    record(shuffled);
    outcomes.end(null);

    assertThat(takeAll()).isEqualTo(rows(1, 1_000));
  }

  @Test
  void outcomesThatDoNotFitInMemoryComeFromTheJournal() throws Exception {
    record(rows(2, MANY));
    CompletableFuture<List<Long>> taken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return takeAll();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    record(List.of(1L));
    outcomes.end(null);

    assertThat(taken.get(50, TimeUnit.SECONDS)).isEqualTo(rows(1, MANY));
  }

  @Test
  void lastOnesComeBeforeARowThatIsLeftOpen() throws Exception {
    record(List.of(1L, 2L, 4L));
    outcomes.end(null);

    assertThat(takeAll()).isEqualTo(List.of(1L, 2L));
  }

  @Test
  void rowsThatHaveLinesArePassedOver() throws Exception {
    record(rows(1, 10));
    outcomes.skip(7);
    outcomes.end(null);

    assertThat(takeAll()).isEqualTo(rows(8, 10));
  }

  @Test
  void whatEarlierProcessesHaveRecordedIsThereAgain() throws Exception {
    record(rows(2, MANY));
    OrderedOutcomes next = new OrderedOutcomes(store.outcomes(), 1, store.journalled(1));
    next.add(outcome(1));
    next.end(null);
    outcomes = next;

    assertThat(takeAll()).isEqualTo(rows(1, MANY));
  }

  @Test
  void failureIsThatOfTheReader() {
    record(List.of(1L));
    outcomes.end(new IOException("no more disk"));

    assertThatThrownBy(outcomes::take).isInstanceOf(IOException.class).hasMessage("no more disk");
  }
}
