package io.github.smartleadbulk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunProgressTest {

  @Test
  void callsAreNotKnownBeforeRowsWereSeen() {
    RunProgress progress = new RunProgress(Map.of());
    progress.inspected(100);

    assertThat(progress.callsNeeded()).isEmpty();
  }

  @Test
  void rowsThatWereNotSeenYetAreTakenToBeLikeTheOthers() {
    RunProgress progress = new RunProgress(Map.of(RowStatus.UPDATED, 50L));
    progress.inspected(150);
    progress.needed(20, Map.of("acme", 5L, "globex", 2L));

    assertThat(progress.isCounted()).isFalse();
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 25L, "globex", 10L));

    progress.sent("acme");
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 24L, "globex", 10L));
  }

  @Test
  void theWholeCountIsExact() {
    RunProgress progress = new RunProgress(Map.of());
    progress.inspected(100);
    progress.needed(Map.of("acme", 3L));
    progress.sent("acme");
    progress.sent("acme");

    assertThat(progress.isCounted()).isTrue();
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 1L));
    progress.sent("acme");
    assertThat(progress.callsNeeded()).contains(Map.of("acme", 0L));
  }
}
