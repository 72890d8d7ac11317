package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.run.SnapshotSettings;
import io.github.smartleadbulk.state.RunStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a run that has ended when tidying up behind it fails. */
final class CleanUpTest {

  @TempDir private Path folder;
  private Rehearsal rehearsal;
  private final List<String> warnings = new ArrayList<>();

  /** Fails as H2 does where memory ends. */
  public static final class OutOfMemory implements Trigger {
    @Override
    public void fire(Connection connection, Object[] before, Object[] after) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @BeforeEach
  void start() throws Exception {
    rehearsal = new Rehearsal(folder);
    rehearsal.snapshot = SnapshotSettings.Mode.FULL;
    rehearsal.listener =
        new RunListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  private static void sql(io.github.smartleadbulk.state.StateStore store, String sql) {
    JdbcClient.create(store.dataSource()).sql(sql).update();
  }

  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "the fault is a trigger of the embedded database")
  void aCleanUpThatFailsIsAWarningAndTheNextRunTriesAgain() throws Exception {
    rehearsal.writeRows(3);
    RunResult result =
        rehearsal.inStore(
            store -> {
              sql(
                  store,
                  "CREATE TRIGGER fails BEFORE DELETE ON snapshot_account FOR EACH ROW CALL '"
                      + OutOfMemory.class.getName()
                      + "'");
              return rehearsal.carryOut(store, rehearsal.prepare(store));
            });

    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(result.summary().stopped()).isNull();
    assertThat(warnings)
        .containsExactly(
            "the account list of this run could not be deleted. The next run tries again: the"
                + " memory is used up. Give the program more, such as JAVA_OPTS=-Xmx256m");
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.FINISHED);

    rehearsal.update();
    assertThat(rehearsal.<Boolean>inStore(store -> store.snapshots().find(1).isEmpty())).isTrue();
    assertThat(warnings).hasSize(1);
  }
}
