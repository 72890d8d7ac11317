package io.github.smartleadbulk.bench;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunJournal;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/** A state folder of many nights, as the program would have left it. */
final class History {

  private static final int FIRST_ACCOUNT = 10_000_001;

  private History() {}

  /** Makes runs over the same accounts, which name them by address. */
  static void make(Path folder, int runs, int rows) throws Exception {
    try (StateStore store = StateStore.open(folder)) {
      Instant night = Instant.now().minus(Duration.ofDays(runs));
      for (int run = 1; run <= runs; run++) {
        night = night.plus(Duration.ofDays(1));
        make(store, run, rows, night);
      }
      // As the report of each run does.
      Map<Integer, Map<RowStatus, Long>> unused = store.rowCounts().ofAll();
    }
  }

  private static void make(StateStore store, int number, int rows, Instant night) throws Exception {
    RunRecord run =
        store
            .runs()
            .create(
                number,
                new RunSpec(
                    "ramp",
                    "ramp.csv for night " + number,
                    null,
                    "%064d".formatted(number),
                    "https://server.smartlead.ai/api/v1",
                    "hash",
                    Map.of("ignore-columns", ""),
                    null),
                null,
                night);
    input(store.runFolder(number).resolve("input.csv"), rows, number);
    store.runs().setRows(number, rows, List.of());
    RunJournal journal = store.journal(number);
    Deque<Future<RowOutcome>> kept = new ArrayDeque<>();
    for (int row = 1; row <= rows; row++) {
      kept.add(journal.record(outcome(row, night), changes(number)));
      while (kept.size() > 1_000) {
        RowOutcome unused = kept.remove().get();
      }
    }
    for (Future<RowOutcome> last : kept) {
      RowOutcome unused = last.get();
    }
    store
        .runs()
        .end(run.id(), RunStatus.FINISHED, ExitCode.OK.code(), night.plus(Duration.ofHours(1)));
  }

  private static void input(Path file, int rows, int run) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("from_email,max_email_per_day\n");
      for (int i = 0; i < rows; i++) {
        out.write(address(FIRST_ACCOUNT + i) + "," + (run + 1) + "\n");
      }
    }
  }

  static String address(long account) {
    return "someone." + account + "@example.com";
  }

  private static Changes changes(int run) {
    return new Changes(
        Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(run)),
        Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(run + 1)));
  }

  private static RowOutcome outcome(int row, Instant night) {
    return new RowOutcome(
        row,
        row + 1,
        (long) FIRST_ACCOUNT + row - 1,
        RowStatus.UPDATED,
        List.of("max_email_per_day"),
        200,
        1,
        "",
        night.plusMillis(row),
        WorkspaceNames.DEFAULT);
  }
}
