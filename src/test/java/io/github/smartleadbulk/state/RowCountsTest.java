package io.github.smartleadbulk.state;

import static io.github.smartleadbulk.state.TestOutcomes.ended;
import static io.github.smartleadbulk.state.TestOutcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run 2 between two others; its row 5 is open. */
final class RowCountsTest {

  private static final Map<RowStatus, Long> ALL =
      Map.of(RowStatus.UPDATED, 2L, RowStatus.SKIPPED, 1L, RowStatus.FAILED, 2L);

  @TempDir private Path folder;
  private StateStore store;
  private RowCounts counts;

  @BeforeEach
  void write() {
    store = StateStore.open(folder);
    counts = store.rowCounts();
    for (int run = 1; run <= 3; run++) {
      store
          .runs()
          .create(
              store.runs().takeNumber(),
              new RunSpec("update", "a.csv", null, "f", "sandbox", "k", Map.of(), null),
              null,
              Instant.EPOCH);
      TestOutcomes.record(
          store,
          run,
          List.of(
              updated(1),
              ended(2, RowStatus.SKIPPED),
              ended(3, RowStatus.FAILED),
              updated(4),
              ended(6, RowStatus.FAILED)));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void withoutKeptOnesAllRowsAreCounted() {
    assertThat(counts.kept(2)).isEmpty();
    assertThat(counts.of(2)).isEqualTo(ALL);
    assertThat(counts.of(4)).isEmpty();
  }

  @Test
  void rowsBehindThoseThatWereKeptAreCounted() {
    Map<RowStatus, Long> first =
        Map.of(RowStatus.UPDATED, 1L, RowStatus.SKIPPED, 1L, RowStatus.FAILED, 1L);
    counts.keep(2, first);

    assertThat(counts.kept(2)).isEqualTo(first);
    assertThat(counts.of(2)).isEqualTo(ALL);
    assertThat(counts.of(3)).isEqualTo(ALL);
  }

  /** What was counted once is not looked at again. */
  @Test
  void keptOnesAreTaken() {
    Map<RowStatus, Long> kept = Map.of(RowStatus.UNCERTAIN, 6L);
    counts.keep(2, kept);

    assertThat(counts.of(2)).isEqualTo(kept);
  }

  @Test
  void laterOnesTakeThePlaceOfEarlierOnes() {
    counts.keep(2, Map.of(RowStatus.UPDATED, 1L));
    counts.keep(2, Map.of(RowStatus.UPDATED, 2L, RowStatus.SKIPPED, 1L, RowStatus.FAILED, 1L));

    assertThat(RowCounts.sum(counts.kept(2))).isEqualTo(4);
    assertThat(counts.of(2)).isEqualTo(ALL);
  }
}
