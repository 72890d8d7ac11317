package io.github.smartleadbulk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.crash.Image;
import io.github.smartleadbulk.crash.TracedFiles;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A state folder of the last version without journals: run 1 is finished, run 2 was killed after 20
 * of 40 rows.
 */
@DisabledIfSystemProperty(
    named = "state",
    matches = "postgresql",
    disabledReason = "it is about the folder")
final class TakeoverTest {

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void unpack() throws IOException {
    folder = temp.resolve("state");
    try (InputStream packed = TakeoverTest.class.getResourceAsStream("state-without-journals.zip");
        ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }

  private static void assertWhole(StateStore store) {
    assertThat(store.runs().all())
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.FINISHED, RunStatus.RUNNING);
    assertThat(store.runs().find(1).orElseThrow().calls()).isEqualTo(7);
    assertThat(store.rowCounts().of(1)).isEqualTo(Map.of(RowStatus.UPDATED, 6L));
    assertThat(RowCounts.sum(store.rowCounts().of(2))).isBetween(20L, 22L);
    assertThat(store.outcomes().changes(1, 0)).hasSize(6);
    assertThat(store.runs().find(2).orElseThrow().rows()).isEqualTo(40);
    assertThat(store.nextNumber()).isEqualTo(3);
  }

  @Test
  void everythingIsTakenOverOnceAndTheOldFileIsKept() throws IOException {
    byte[] old = Files.readAllBytes(folder.resolve("state.mv.db"));

    try (StateStore store = StateStore.open(folder)) {
      assertWhole(store);
      assertThat(store.notices())
          .containsExactly(
              "The state folder was upgraded to this version. Its old database is kept as "
                  + folder.resolve("state.mv.db.old")
                  + "; you can delete it.");
      JournalledRun killed = store.journalled(2);
      assertThat(killed.rowsByStatus()).isEqualTo(store.rowCounts().of(2));
    }

    assertThat(folder.resolve("state.mv.db.old")).hasBinaryContent(old);
    assertThat(folder.resolve("state.mv.db")).doesNotExist();
    try (StateStore store = StateStore.open(folder)) {
      assertThat(store.notices()).isEmpty();
      assertWhole(store);
    }
  }

  /** From now on, the journals are enough. */
  @Test
  void journalsSayWhatTheOldDatabaseSaid() throws IOException {
    StateStore.open(folder).close();
    Files.delete(folder.resolve("state.current"));

    try (StateStore store = StateStore.open(folder)) {
      assertThat(store.notices()).hasSize(1);
      assertWhole(store);
    }
  }

  @Test
  void takeoverThatIsKilledAnywhereIsMadeUpFor() throws IOException {
    TracedFiles files = new TracedFiles(folder);
    StateStore.open(files.root()).close();

    for (int count = 0; count <= files.trace().size(); count++) {
      Path image = temp.resolve("after " + count);
      Image.afterKill(files.trace(), count, image);
      try (StateStore store = StateStore.open(image)) {
        assertWhole(store);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "empty"})
  void damagedDatabaseIsRefusedAndLeftAlone(String damage) throws IOException {
    Path database = folder.resolve("state.mv.db");
    byte[] damaged = damage.equals("empty") ? new byte[0] : new byte[50_000];
    Files.write(database, damaged);

    assertThatThrownBy(() -> StateStore.open(folder))
        .isInstanceOf(StateException.class)
        .extracting(e -> ((StateException) e).reason())
        .isEqualTo(Reason.UNUSABLE);
    assertThat(database).hasBinaryContent(damaged);
  }

  @Test
  void databaseOfAnotherProgramIsRefused() throws IOException, SQLException {
    Files.delete(folder.resolve("state.mv.db"));
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("state"), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE one (one INT)");
      statement.execute("SHUTDOWN");
    }

    assertThatThrownBy(() -> StateStore.open(folder))
        .isInstanceOf(StateException.class)
        .hasMessage(
            "the state folder holds the database of another program. Choose another folder with --state-dir");
  }
}
