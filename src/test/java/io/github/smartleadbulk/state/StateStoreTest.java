package io.github.smartleadbulk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.state.StateException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

final class StateStoreTest {

  private static final RunSpec SPEC =
      new RunSpec("update", "a.csv", null, "f".repeat(64), "sandbox", "k", Map.of(), null);

  @TempDir private Path folder;

  private Path state() {
    return folder.resolve("state");
  }

  private Path database() {
    return state().resolve("state.mv.db");
  }

  /** As another program would, or an older one of ours. */
  private void sql(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + state().resolve("state"), "sa", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      // Ours keeps that it stays open when nobody uses it.
      statement.execute("SHUTDOWN");
    }
  }

  private void createWithARun() {
    try (StateStore store = StateStore.open(state())) {
      store.runs().create(1, SPEC, null, Instant.EPOCH);
    }
  }

  @Test
  void folderIsMadeForItsOwnerOnly() throws IOException {
    try (StateStore store = StateStore.open(folder.resolve("new").resolve("state"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.folder())))
          .isEqualTo("rwx------");
      assertThat(store.runFolder(12)).isEqualTo(store.folder().resolve("runs").resolve("12"));
    }
  }

  @Test
  void rightsOfAFolderThatIsThereStay() throws IOException {
    Files.createDirectory(
        state(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    StateStore.open(state()).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void freshDatabaseHasTheNewestSchema() {
    try (StateStore store = StateStore.open(state())) {
      assertThat(
              JdbcClient.create(store.dataSource())
                  .sql("SELECT version FROM schema_version")
                  .query(Integer.class)
                  .single())
          .isEqualTo(Schema.VERSION);
    }
  }

  /** They counted rows behind an open one as well. */
  @Test
  void countsThatAnOlderVersionKeptOfAStoppedRunAreNotTaken() throws Exception {
    createWithARun();
    sql(
        "UPDATE schema_version SET version = 2",
        "UPDATE run SET status = 'STOPPED'",
        "INSERT INTO run_count VALUES (1, 'UPDATED', 3)");
    try (StateStore store = StateStore.open(state())) {
      assertThat(store.rowCounts().kept(1)).isEmpty();
    }
  }

  @Test
  void whatWasKeptIsThereNextTime() {
    createWithARun();
    try (StateStore store = StateStore.open(state())) {
      assertThat(store.runs().all()).extracting(RunRecord::spec).containsExactly(SPEC);
    }
  }

  @Test
  void databaseOfANewerVersionIsRefusedAndLeftAlone() throws Exception {
    createWithARun();
    sql("UPDATE schema_version SET version = 99");
    assertThatThrownBy(() -> StateStore.open(state()))
        .isInstanceOf(StateException.class)
        .hasMessage(
            "the state folder was written by a newer smartlead-bulk (schema 99, this program knows"
                + " up to "
                + Schema.VERSION
                + "): use that version, or another --state-dir")
        .extracting(e -> ((StateException) e).reason())
        .isEqualTo(Reason.UNUSABLE);

    // Nobody holds it any more.
    sql("UPDATE schema_version SET version = " + Schema.VERSION);
    try (StateStore store = StateStore.open(state())) {
      assertThat(store.runs().all()).hasSize(1);
    }
  }

  /** H2 commits each table by itself, so a kill leaves some of them. */
  @Test
  void firstStartThatWasKilledHalfWayIsMadeUpFor() throws Exception {
    Files.createDirectory(state());
    sql(
        "CREATE TABLE schema_version (one INT PRIMARY KEY, version INT NOT NULL)",
        "INSERT INTO schema_version VALUES (1, 0)",
        "CREATE TABLE BATCH_JOB_INSTANCE (JOB_INSTANCE_ID BIGINT PRIMARY KEY)",
        "CREATE SEQUENCE BATCH_JOB_SEQ");
    createWithARun();

    try (StateStore store = StateStore.open(state())) {
      assertThat(store.runs().all()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE one (one INT)",
        "CREATE TABLE schema_version (one INT PRIMARY KEY, version INT NOT NULL)",
      })
  void databaseWithoutAnythingOfOursIsKnownByItsTables(String table) throws Exception {
    Files.createDirectory(state());
    sql(table);
    if (table.contains("schema_version")) {
      createWithARun();
    } else {
      assertThatThrownBy(() -> StateStore.open(state()))
          .isInstanceOf(StateException.class)
          .hasMessage(
              "the state folder holds a database of another program: use another --state-dir");
      sql("SELECT * FROM one");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "text", "head", "middle"})
  void damagedDatabaseIsRefusedAndNeverWrittenTo(String damage) throws Exception {
    createWithARun();
    byte[] bytes = Files.readAllBytes(database());
    byte[] noise = new byte[bytes.length];
    new Random(1).nextBytes(noise);
    switch (damage) {
      case "noise" -> Files.write(database(), noise);
      case "text" -> Files.writeString(database(), "somebody's file\n");
      case "head" -> overwrite(0, noise, 8_192);
      default -> overwrite(8_192, noise, bytes.length - 8_192);
    }
    byte[] damaged = Files.readAllBytes(database());

    assertThatThrownBy(() -> StateStore.open(state()))
        .isInstanceOf(StateException.class)
        .hasMessageStartingWith("the database " + database() + " ")
        .extracting(e -> ((StateException) e).reason())
        .isEqualTo(Reason.UNUSABLE);
    assertThat(Files.readAllBytes(database())).isEqualTo(damaged);
  }

  private void overwrite(long position, byte[] bytes, int length) throws IOException {
    try (FileChannel file = FileChannel.open(database(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(bytes, 0, length), position);
    }
  }

  /** H2 goes back to the last state that is whole; what it finds then is ours, or nothing is. */
  @Test
  void databaseThatWasCutOffIsReadAsFarAsItIsWholeOrRefused() throws Exception {
    createWithARun();
    byte[] bytes = Files.readAllBytes(database());
    for (int length = 0; length < bytes.length; length += 20_000) {
      byte[] cut = Arrays.copyOf(bytes, length);
      Files.write(database(), cut);
      try (StateStore store = StateStore.open(state())) {
        // The run, or a moment before it was there.
        assertThat(store.runs().all()).as("of %d bytes", length).hasSizeLessThanOrEqualTo(1);
      } catch (StateException e) {
        // Cut back to where its tables were being made, it has nothing of a run.
        assertThat(e.reason()).isEqualTo(Reason.UNUSABLE);
      }
    }
  }

  @Test
  void emptyDatabaseFileIsRefused() throws Exception {
    createWithARun();
    Files.write(database(), new byte[0]);

    assertThatThrownBy(() -> StateStore.open(state())).isInstanceOf(StateException.class);
    assertThat(database()).isEmptyFile();
  }

  @Test
  void fileInTheFoldersPlaceIsRefused() throws Exception {
    Files.writeString(state(), "x");

    assertThatThrownBy(() -> StateStore.open(state()))
        .isInstanceOf(StateException.class)
        .hasMessageStartingWith("state folder " + state() + " cannot be made: ");
    assertThat(state()).hasContent("x");
  }

  @Test
  void pathWithASemicolonIsRefused() {
    Path path = folder.resolve("a;b");

    assertThatThrownBy(() -> StateStore.open(path))
        .isInstanceOf(StateException.class)
        .hasMessage("state folder " + path + ": a path with ';' cannot be used");
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "ü 你", "a:b", "~", "100%25", "#1?x=y&z", "it's \"x\""})
  void otherPathsAreAsGoodAsAny(String name) {
    Path path = folder.resolve(name).resolve("state");
    StateStore.open(path).close();

    assertThat(path.resolve("state.mv.db")).exists();
  }

  @Test
  void holderIsNamed() throws IOException {
    try (StateStore store = StateStore.open(state())) {
      assertThat(Files.readString(store.folder().resolve("holder"), StandardCharsets.UTF_8))
          .matches(ProcessHandle.current().pid() + "\\R[-0-9]+T[0-9:.]+Z\\R");
    }
  }
}
