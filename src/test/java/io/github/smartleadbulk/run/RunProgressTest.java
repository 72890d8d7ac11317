package io.github.smartleadbulk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunProgressTest {

  @Test
  void callsAreNotKnownBeforeRowsWereSeen() {
    RunProgress progress = new RunProgress(Map.of());
    progress.inspected(100, Map.of());

    assertThat(progress.callsNeeded()).isEmpty();
  }

  @Test
  void rowsThatWereNotSeenYetAreTakenToBeLikeTheOthers() {
    RunProgress progress = new RunProgress(Map.of("acme", Map.of(RowStatus.UPDATED, 50L)));
    progress.inspected(150, Map.of());
    progress.needed(20, Map.of("acme", 5L, "globex", 2L));

    assertThat(progress.isCounted()).isFalse();
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 25L, "globex", 10L));

    progress.sent("acme");
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 24L, "globex", 10L));
  }

  @Test
  void theWholeCountIsExact() {
    RunProgress progress = new RunProgress(Map.of());
    progress.inspected(100, Map.of());
    progress.needed(Map.of("acme", 3L));
    progress.sent("acme");
    progress.sent("acme");

    assertThat(progress.isCounted()).isTrue();
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 1L));
    progress.sent("acme");
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 0L));
  }

  @Test
  void theRowsOfAWorkspaceAreCountedByThemselvesAndWithThoseOfEarlierProcesses() {
    RunProgress progress =
        new RunProgress(
            Map.of("acme", Map.of(RowStatus.UPDATED, 2L), "globex", Map.of(RowStatus.FAILED, 1L)));
    assertThat(progress.rows("acme")).isEqualTo(-1);

    progress.inspected(9, Map.of("acme", 5L, "globex", 4L));
    progress.ended("acme", RowStatus.UPDATED);
    progress.ended("acme", RowStatus.UNCHANGED);

    assertThat(progress.rows("acme")).isEqualTo(5);
    assertThat(progress.done("acme")).isEqualTo(4);
    assertThat(progress.rowsByStatus("acme"))
        .isEqualTo(Map.of(RowStatus.UPDATED, 3L, RowStatus.UNCHANGED, 1L));
    assertThat(progress.rowsByStatus("globex")).isEqualTo(Map.of(RowStatus.FAILED, 1L));
    assertThat(progress.done()).isEqualTo(5);
    assertThat(progress.doneNow()).isEqualTo(2);
  }
}
