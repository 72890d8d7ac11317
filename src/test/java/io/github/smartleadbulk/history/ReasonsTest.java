package io.github.smartleadbulk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.history.Reasons.Reason;
import io.github.smartleadbulk.state.RunJournal;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.state.TestState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReasonsTest {

  @TempDir private Path folder;
  private StateStore store;
  private RunJournal journal;
  private long rows;

  @BeforeEach
  void begin() {
    store = TestState.open(folder);
    var unused =
        store
            .runs()
            .create(
                1,
                new RunSpec(
                    "update", "a.csv", null, "f".repeat(64), "sandbox", "k", Map.of(), null),
                null,
                Instant.EPOCH);
    journal = store.journal(1);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void ended(RowStatus status, @Nullable Integer httpStatus, String message) {
    rows++;
    RowOutcome outcome =
        new RowOutcome(
            rows,
            rows + 1,
            100 + rows,
            status,
            List.of(),
            httpStatus,
            1,
            message,
            null,
            WorkspaceNames.DEFAULT);
    journal.record(outcome, null).join();
  }

  private Reasons reasons() {
    return Reasons.of(store.outcomes(), 1, RowStatus.NEEDING_ATTENTION);
  }

  @Test
  void messagesThatSayTheSameAreOneReasonWithItsFirstRowsAsExamples() {
    ended(RowStatus.INVALID, null, "bcc: \"x\" is no address");
    for (int account = 1; account <= 7; account++) {
      ended(RowStatus.FAILED, 404, "no account " + account);
    }
    ended(RowStatus.UPDATED, 200, "");
    ended(RowStatus.FAILED, 400, "not today");
    ended(RowStatus.FAILED, 400, "not today");

    assertThat(reasons().rows()).isEqualTo(10);
    List<Reason> told = reasons().mostFrequent(10);
    assertThat(told).extracting(Reason::rows).containsExactly(7L, 2L, 1L);
    assertThat(told).extracting(Reason::differs).containsExactly(true, false, false);
    assertThat(told.get(0).examples())
        .extracting(RowOutcome::message)
        .containsExactly(
            "no account 1", "no account 2", "no account 3", "no account 4", "no account 5");
    assertThat(told).extracting(reason -> reason.first().row()).containsExactly(2L, 10L, 1L);
  }

  @Test
  void answersWithOtherStatusesAreOtherReasons() {
    ended(RowStatus.FAILED, 400, "no");
    ended(RowStatus.FAILED, 404, "no");
    ended(RowStatus.UNCERTAIN, 404, "no");

    assertThat(reasons().mostFrequent(10)).hasSize(3);
    assertThat(reasons().mostFrequent(2)).hasSize(2);
  }

  @Test
  void reasonsBeyondTheLimitAreCounted() {
    for (int reason = 1; reason <= 210; reason++) {
      ended(RowStatus.FAILED, 400, "no " + "x".repeat(reason));
    }

    assertThat(reasons().rows()).isEqualTo(210);
    assertThat(reasons().mostFrequent(1_000)).hasSize(200);
  }

  @Test
  void runWithoutTroubleHasNoReasons() {
    ended(RowStatus.UPDATED, 200, "");

    assertThat(reasons().rows()).isZero();
    assertThat(reasons().mostFrequent(10)).isEmpty();
  }
}
