package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a kill at an unlucky instant leaves in the database. The instants are too short to be hit by
 * chance often enough, so what they leave is made by hand.
 */
@Timeout(60)
final class RecoveryTest {

  /** Many more than the 64 that may be under way when a run is asked to stop at a quarter. */
  private static final int ROWS = 300;

  @TempDir private Path folder;
  private Rehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new Rehearsal(folder);
    rehearsal.concurrency = 16;
    rehearsal.staysOpen();
    rehearsal.writeRows(ROWS);
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  private void sql(String... statements) throws Exception {
    rehearsal.inStore(
        store -> {
          for (String statement : statements) {
            assertThat(JdbcClient.create(store.dataSource()).sql(statement).update()).isPositive();
          }
          return null;
        });
  }

  private void assertGoesOnToTheEnd() throws Exception {
    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.FINISHED);
    assertThat(rehearsal.lines(1)).isEqualTo(Rehearsal.allUpdated(ROWS));
    assertThat(Files.readString(rehearsal.resultsOf(1))).isEqualTo(rehearsal.journalled(1));
    assertThat(rehearsal.updatesByAccount()).isEqualTo(Rehearsal.eachOnce(ROWS));
    assertThat(rehearsal.runFolder(1).resolve("summary.json")).exists();
    assertThat(rehearsal.runFolder(2)).doesNotExist();
  }

  private void stopAfterAQuarter() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    rehearsal.onRequest =
        (request, run) -> {
          if (seen.incrementAndGet() == ROWS / 4) {
            run.stop(Stop.bySignal(ExitCode.SIGTERM));
          }
        };
    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.SIGTERM);
    rehearsal.onRequest = (request, run) -> {};
  }

  @Test
  void killedBeforeTheJobWasOnRecord() throws Exception {
    rehearsal.prepare();

    assertGoesOnToTheEnd();
  }

  @Test
  void killedBetweenTheJobAndItsFirstExecution() throws Exception {
    stopBeforeTheStart();
    sql(
        "DELETE FROM BATCH_STEP_EXECUTION_CONTEXT",
        "DELETE FROM BATCH_STEP_EXECUTION",
        "DELETE FROM BATCH_JOB_EXECUTION_CONTEXT",
        "DELETE FROM BATCH_JOB_EXECUTION_PARAMS",
        "DELETE FROM BATCH_JOB_EXECUTION",
        "UPDATE run SET status = 'RUNNING'");

    assertGoesOnToTheEnd();
  }

  private void stopBeforeTheStart() throws Exception {
    rehearsal.inStore(
        store -> {
          UpdateRun run = rehearsal.run(store, rehearsal.prepare(store));
          run.stop(Stop.bySignal(ExitCode.SIGTERM));
          return run.execute();
        });
  }

  /** UNKNOWN is what Spring Batch writes when the disk was full for a moment. */
  @ParameterizedTest
  @ValueSource(strings = {"STARTING", "STARTED", "STOPPING", "UNKNOWN"})
  void killedInTheUpdateStep(String status) throws Exception {
    stopAfterAQuarter();
    sql(
        "UPDATE BATCH_STEP_EXECUTION SET END_TIME = NULL, EXIT_CODE = 'EXECUTING', STATUS = '%s'"
                .formatted(status)
            + " WHERE STEP_NAME = 'update'",
        "UPDATE BATCH_JOB_EXECUTION SET END_TIME = NULL, EXIT_CODE = 'UNKNOWN', STATUS = '%s'"
            .formatted(status),
        "UPDATE run SET status = 'RUNNING', exit_code = NULL, ended_at = NULL");

    assertGoesOnToTheEnd();
  }

  @Test
  void killedTwiceInTheSameStep() throws Exception {
    for (int kill = 0; kill < 2; kill++) {
      stopAfterAQuarter();
      sql(
          "UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED' WHERE STEP_EXECUTION_ID ="
              + " (SELECT MAX(STEP_EXECUTION_ID) FROM BATCH_STEP_EXECUTION WHERE STEP_NAME ="
              + " 'update')",
          "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED' WHERE JOB_EXECUTION_ID ="
              + " (SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION)",
          "UPDATE run SET status = 'RUNNING'");
    }

    assertGoesOnToTheEnd();
  }

  @Test
  void killedWhileInspecting() throws Exception {
    stopBeforeTheStart();
    sql(
        "DELETE FROM BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID > 1",
        "DELETE FROM BATCH_STEP_EXECUTION WHERE STEP_NAME <> 'inspect'",
        "UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL",
        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL",
        "UPDATE run SET status = 'RUNNING', row_count = NULL");

    assertGoesOnToTheEnd();
  }

  @Test
  void killedWhileWritingTheReport() throws Exception {
    rehearsal.update();
    sql(
        "UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL"
            + " WHERE STEP_NAME = 'report'",
        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL",
        "UPDATE run SET status = 'RUNNING', exit_code = NULL, ended_at = NULL");
    Files.delete(rehearsal.runFolder(1).resolve("summary.json"));

    assertGoesOnToTheEnd();
  }

  @Test
  void killedWhenTheJobHadEndedAndTheRunDidNotKnowYet() throws Exception {
    rehearsal.update();
    sql("UPDATE run SET status = 'RUNNING', exit_code = NULL, ended_at = NULL");
    Files.delete(rehearsal.runFolder(1).resolve("summary.json"));

    assertGoesOnToTheEnd();
  }

  /** The kill came between the commit of the journal and the one of the chunk. */
  @Test
  void killedWithOutcomesInTheJournalThatNoChunkKnows() throws Exception {
    rehearsal.update();
    sql(
        "DELETE FROM BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID >"
            + " (SELECT STEP_EXECUTION_ID FROM BATCH_STEP_EXECUTION WHERE STEP_NAME = 'inspect')",
        "DELETE FROM BATCH_STEP_EXECUTION WHERE STEP_NAME <> 'inspect'",
        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL",
        "UPDATE run SET status = 'RUNNING', exit_code = NULL, ended_at = NULL");

    assertGoesOnToTheEnd();
  }
}
