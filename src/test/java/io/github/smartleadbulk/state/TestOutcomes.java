package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import java.time.Instant;
import java.util.List;

/** Outcomes that many tests share. */
final class TestOutcomes {

  private TestOutcomes() {}

  static RowOutcome updated(long row) {
    return new RowOutcome(
        row,
        row + 1,
        10_000_000 + row,
        RowStatus.UPDATED,
        List.of("bcc", "signature"),
        200,
        1,
        "",
        Instant.ofEpochMilli(1_800_000_000_123L + row));
  }

  static RowOutcome ended(long row, RowStatus status) {
    return new RowOutcome(row, row + 1, null, status, List.of(), null, 0, "wörds", null);
  }

  /** Puts outcomes on record. */
  static void record(StateStore store, int run, List<RowOutcome> outcomes) {
    try (Journal journal = Journal.open(store, run)) {
      for (RowOutcome outcome : outcomes) {
        var unused = journal.record(outcome);
      }
    }
  }
}
