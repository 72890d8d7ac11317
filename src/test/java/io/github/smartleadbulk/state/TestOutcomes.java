package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Outcomes that many tests share. */
final class TestOutcomes {

  static final RunSpec SPEC =
      new RunSpec("update", "a.csv", null, "f".repeat(64), "sandbox", "k", Map.of(), null);

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
        Instant.ofEpochMilli(1_800_000_000_123L + row),
        WorkspaceNames.DEFAULT);
  }

  static RowOutcome ended(long row, RowStatus status) {
    return new RowOutcome(
        row, row + 1, null, status, List.of(), null, 0, "wörds", null, WorkspaceNames.DEFAULT);
  }

  /** Puts outcomes on record. */
  static void record(StateStore store, int run, List<RowOutcome> outcomes) {
    RunJournal journal = store.runs().find(run).isEmpty() ? begun(store, run) : store.journal(run);
    for (RowOutcome outcome : outcomes) {
      journal.record(outcome, null).join();
    }
  }

  /** The journal of a new run. */
  static RunJournal begun(StateStore store, int run) {
    RunRecord unused = store.runs().create(run, SPEC, null, Instant.EPOCH);
    return store.journal(run);
  }
}
