package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

@Timeout(60)
final class RunHistoryTest {

  @TempDir private Path folder;

  private static List<Integer> prune(StateStore store) {
    RunHistory history = new RunHistory(store);
    List<Integer> old = history.endedBefore(Instant.now().plusSeconds(60));
    history.delete(old);
    return old;
  }

  /** The tables of Spring Batch that are not empty. */
  private static List<String> batchTables(StateStore store) {
    JdbcClient jdbc = JdbcClient.create(store.dataSource());
    List<String> tables =
        jdbc.sql(
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE UPPER(TABLE_NAME) LIKE 'BATCH\\_%'")
            .query(String.class)
            .list();
    assertThat(tables).hasSize(6);
    return tables.stream()
        .filter(table -> jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single() > 0)
        .toList();
  }

  @Test
  void nothingOfADeletedRunIsLeftInSpringBatchsTables() throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(folder)) {
      rehearsal.staysOpen();
      rehearsal.writeRows(3);
      rehearsal.update();

      assertThat(rehearsal.inStore(RunHistoryTest::batchTables)).hasSize(6);
      assertThat(rehearsal.inStore(RunHistoryTest::prune)).containsExactly(1);
      assertThat(rehearsal.inStore(RunHistoryTest::batchTables)).isEmpty();
      assertThat(rehearsal.inStore(RunHistoryTest::prune)).isEmpty();
    }
  }

  @Test
  void unfinishedRunStaysAndGoesOn() throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(folder)) {
      rehearsal.staysOpen();
      rehearsal.writeRows(3);
      rehearsal.update();
      rehearsal.writeRows(300);
      rehearsal.concurrency = 1;
      rehearsal.onRequest = (request, run) -> run.stop(Stop.bySignal(ExitCode.SIGTERM));
      assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.SIGTERM);
      rehearsal.onRequest = (request, run) -> {};

      assertThat(rehearsal.inStore(RunHistoryTest::prune)).containsExactly(1);
      assertThat(rehearsal.inStore(RunHistoryTest::batchTables)).hasSize(6);
      assertThat(rehearsal.resume(2).exitCode()).isEqualTo(ExitCode.OK);
      assertThat(rehearsal.inStore(RunHistoryTest::prune)).containsExactly(2);
      assertThat(rehearsal.inStore(RunHistoryTest::batchTables)).isEmpty();
    }
  }
}
