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
    progress.needed(20, 5);

    assertThat(progress.isCounted()).isFalse();
    assertThat(progress.callsNeeded()).hasValue(25);

    progress.sent();
    assertThat(progress.callsNeeded()).hasValue(24);
  }

  @Test
  void theWholeCountIsExact() {
    RunProgress progress = new RunProgress(Map.of());
    progress.inspected(100);
    progress.needed(3);
    progress.sent();
    progress.sent();

    assertThat(progress.isCounted()).isTrue();
    assertThat(progress.callsNeeded()).hasValue(1);
    progress.sent();
    assertThat(progress.callsNeeded()).hasValue(0);
  }
}
