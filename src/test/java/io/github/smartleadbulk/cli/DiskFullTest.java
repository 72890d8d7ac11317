package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database can grow no more while the run is on. */
@Timeout(90)
final class DiskFullTest {

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, 2_000, Duration.ZERO);
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  /** While the accounts are read, and while rows are sent. */
  @ParameterizedTest
  @CsvSource({"auto, 250", "none, 300"})
  void runStopsAndGoesOnWhenThereIsRoomAgain(String snapshot, int kilobytes) throws Exception {
    try (ProgramProcess program = rehearsal.updateWithFilesOfUpTo(kilobytes, snapshot)) {
      assertThat(program.exitCode()).as(program.err()).isEqualTo(5);
      assertThat(program.err())
          .contains(
              "error: state or results cannot be written (File too large). What is on record is"
                  + " safe. Free some space, then run the same command again to continue\n");
    }
    Set<Long> journalled = rehearsal.journalled(1);
    assertThat(rehearsal.updatedBy(0)).containsAll(journalled);
    assertThat(rehearsal.updatedBy(0).isEmpty()).isEqualTo(snapshot.equals("auto"));

    try (ProgramProcess program = rehearsal.update()) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    assertThat(rehearsal.updatedBy(1)).noneMatch(journalled::contains);
    rehearsal.assertResultsWhole(1);
    assertThat(Files.exists(rehearsal.runFolder(2))).isFalse();
  }
}
