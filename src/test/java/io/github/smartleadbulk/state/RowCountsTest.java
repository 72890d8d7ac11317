package io.github.smartleadbulk.state;

import static io.github.smartleadbulk.state.TestOutcomes.ended;
import static io.github.smartleadbulk.state.TestOutcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.nio.file.Path;
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
    store = TestState.open(folder);
    counts = store.rowCounts();
    for (int run = 1; run <= 3; run++) {
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
  void rowsOfEachRunAreCountedByStatus() {
    assertThat(counts.of(2)).isEqualTo(ALL);
    assertThat(counts.of(4)).isEmpty();
  }

  @Test
  void rowsThatEndLaterAreAdded() {
    assertThat(counts.of(2)).isEqualTo(ALL);
    TestOutcomes.record(store, 2, List.of(updated(5), ended(7, RowStatus.UNCERTAIN)));

    assertThat(counts.of(2))
        .isEqualTo(
            Map.of(
                RowStatus.UPDATED, 3L,
                RowStatus.SKIPPED, 1L,
                RowStatus.FAILED, 2L,
                RowStatus.UNCERTAIN, 1L));
    assertThat(counts.of(3)).isEqualTo(ALL);
  }

  @Test
  void countsAreThereForTheNextProcess() {
    store.close();
    store = TestState.open(folder);

    assertThat(store.rowCounts().of(2)).isEqualTo(ALL);
  }

  @Test
  void rowsOfEachWorkspaceAreCountedByStatus() {
    TestOutcomes.record(
        store, 3, List.of(updated(7).in("acme"), ended(8, RowStatus.FAILED).in("acme")));

    assertThat(counts.byWorkspace(3))
        .isEqualTo(
            Map.of(
                "acme",
                Map.of(RowStatus.UPDATED, 1L, RowStatus.FAILED, 1L),
                WorkspaceNames.DEFAULT,
                ALL));
    assertThat(counts.byWorkspace(2)).isEqualTo(Map.of(WorkspaceNames.DEFAULT, ALL));
    assertThat(counts.byWorkspace(4)).isEmpty();
  }
}
