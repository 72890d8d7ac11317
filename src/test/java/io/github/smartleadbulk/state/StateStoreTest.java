package io.github.smartleadbulk.state;

import static io.github.smartleadbulk.state.TestOutcomes.SPEC;
import static io.github.smartleadbulk.state.TestOutcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.store.Schema;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisabledIfSystemProperty(
    named = "state",
    matches = "postgresql",
    disabledReason = "it is about the folder")
final class StateStoreTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  private Path state() {
    return folder.resolve("state");
  }

  private Path current() {
    return state().resolve("state.current");
  }

  /** The one file of the database. */
  private Path database() throws IOException {
    try (Stream<Path> files = Files.list(state())) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().matches("state-\\d+\\.mv\\.db"))
              .toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private Path journal(int run) {
    return state().resolve("runs").resolve(Integer.toString(run)).resolve("journal");
  }

  private void createWithARun() {
    try (StateStore store = StateStore.open(state())) {
      TestOutcomes.record(store, store.nextNumber(), List.of(updated(1), updated(2)));
    }
  }

  private void assertRunIsWhole(StateStore store) {
    assertThat(store.runs().all()).extracting(RunRecord::spec).containsExactly(SPEC);
    assertThat(store.outcomes().page(1, 0, 10)).containsExactly(updated(1), updated(2));
    assertThat(store.rowCounts().of(1)).isEqualTo(Map.of(RowStatus.UPDATED, 2L));
    assertThat(
            store
                .outcomes()
                .ofAccounts(List.of(new WorkspaceAccount(WorkspaceNames.DEFAULT, 10_000_001)), 10))
        .hasSize(1);
  }

  @Test
  void everythingInItIsItsOwnersOnly() throws IOException {
    Files.createDirectories(state());
    Files.setPosixFilePermissions(state(), PosixFilePermissions.fromString("rwxr-xr-x"));
    createWithARun();

    try (Stream<Path> files = Files.walk(state())) {
      List<Path> made = files.filter(file -> !file.equals(state())).toList();
      assertThat(made).hasSize(7);
      assertThat(made)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
        .as("the folder was somebody else's to make")
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void folderIsMadeForItsOwnerOnly() throws IOException {
    try (StateStore store = StateStore.open(folder.resolve("new").resolve("state"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.folder())))
          .isEqualTo("rwx------");
      assertThat(store.runFolder(12)).isEqualTo(store.folder().resolve("runs").resolve("12"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"holder", "state.current.new", "state-at-work.mv.db"})
  void symbolicLinkIsNotFollowed(String name) throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "x");
    Files.createDirectories(state());
    Files.createSymbolicLink(state().resolve(name), precious);
    createWithARun();

    assertThat(precious).hasContent("x");
    try (StateStore store = StateStore.open(state())) {
      assertRunIsWhole(store);
    }
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
      assertThat(store.notices()).isEmpty();
    }
  }

  @Test
  void whatWasKeptIsThereNextTime() {
    createWithARun();
    try (StateStore store = StateStore.open(state())) {
      assertRunIsWhole(store);
      assertThat(store.notices()).isEmpty();
    }
  }

  /** The store is never closed: as after a kill. */
  @Test
  void whatTheJournalSaysIsThereAfterAKill() throws IOException {
    createWithARun();
    Path killed = folder.resolve("killed");
    try (StateStore store = StateStore.open(state())) {
      RunJournal journal = TestOutcomes.begun(store, store.nextNumber());
      journal.record(updated(1), null).join();
      store.runs().setRows(2, 7, List.of());
      copy(state(), killed);
    }

    try (StateStore store = StateStore.open(killed)) {
      assertThat(store.runs().all()).hasSize(2);
      assertThat(store.runs().find(2).orElseThrow().rows()).isEqualTo(7);
      assertThat(store.outcomes().page(2, 0, 10)).containsExactly(updated(1));
      assertThat(store.notices()).isEmpty();
      assertThat(store.nextNumber()).isEqualTo(3);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void callsOfAKilledProcessCountOnce() throws IOException {
    Instant at = Instant.ofEpochMilli(1_800_000_000_000L);
    String caller = CallLog.caller("k", "https://a");
    Path killed = folder.resolve("killed");
    try (StateStore store = StateStore.open(state())) {
      RunJournal journal = TestOutcomes.begun(store, store.nextNumber());
      journal.intendToRead(at, caller, 0).join();
      try (CallLog log = store.calls(caller, Duration.ofHours(2), CLOCK)) {
        log.record(at.plusSeconds(1)).join();
        log.record(at.plusSeconds(2)).join();
        copy(state(), killed);
      }
    }

    for (int process = 1; process <= 3; process++) {
      try (StateStore store = StateStore.open(killed);
          CallLog log = store.calls(caller, Duration.ofHours(2), CLOCK)) {
        assertThat(log.since(at, at.plusSeconds(3)))
            .containsExactly(at, at.plusSeconds(1), at.plusSeconds(2));
      }
    }
  }

  /** A clock that was ahead for an hour must not hold up each start until a year has passed. */
  @Test
  void callsOfTheFutureAreDatedBackOnce() {
    Instant now = Instant.parse("2026-11-23T10:15:30.123Z");
    Instant later = now.plusSeconds(3_600);
    String caller = CallLog.caller("k", "https://a");
    String other = CallLog.caller("k", "https://b");
    try (StateStore store = StateStore.open(state());
        CallLog log = store.calls(caller, Duration.ofHours(2), CLOCK);
        CallLog otherLog = store.calls(other, Duration.ofHours(2), CLOCK)) {
      log.record(now.minusSeconds(60)).join();
      log.record(now.plus(Duration.ofDays(365))).join();
      otherLog.record(now.plusSeconds(5)).join();
    }

    try (StateStore store = StateStore.open(state());
        CallLog log = store.calls(caller, Duration.ofHours(2), CLOCK)) {
      assertThat(log.since(Instant.EPOCH, now)).contains(now).allMatch(at -> !at.isAfter(now));
    }
    try (StateStore store = StateStore.open(state());
        CallLog log = store.calls(caller, Duration.ofHours(2), CLOCK);
        CallLog otherLog = store.calls(other, Duration.ofHours(2), CLOCK)) {
      assertThat(log.since(now, later)).containsExactly(now);
      assertThat(log.since(now.plusMillis(1), later)).isEmpty();
      assertThat(otherLog.since(now, later)).containsExactly(now.plusSeconds(5));
    }
  }

  /** The last call may be on record from next year: those before it still count. */
  @Test
  void aCallOfTheFutureMakesNoneOfThePresentForgotten() {
    String caller = CallLog.caller("k", "https://a");
    Instant now = CLOCK.instant();
    try (StateStore store = StateStore.open(state());
        CallLog log = store.calls(caller, Duration.ofHours(2), CLOCK)) {
      log.record(now.minus(Duration.ofHours(3))).join();
      log.record(now.minusSeconds(60)).join();
      log.record(now.plus(Duration.ofDays(365))).join();
    }

    try (StateStore store = StateStore.open(state());
        CallLog log = store.calls(caller, Duration.ofHours(2), CLOCK)) {
      assertThat(log.since(Instant.EPOCH, now)).containsExactly(now.minusSeconds(60), now);
    }
  }

  @Test
  void checkpointSavesWhatHasNoJournal() throws IOException {
    Path killed = folder.resolve("killed");
    try (StateStore store = StateStore.open(state())) {
      TestOutcomes.begun(store, store.nextNumber());
      JdbcClient jdbc = JdbcClient.create(store.dataSource());
      jdbc.sql("INSERT INTO duplicate_row VALUES (1, 2, 3, 4)").update();
      store.checkpoint();
      assertThat(jdbc.sql("SELECT COUNT(*) FROM duplicate_row").query(Integer.class).single())
          .isEqualTo(1);
      copy(state(), killed);
    }

    try (StateStore store = StateStore.open(killed)) {
      assertThat(store.duplicateRows().of(1)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "empty", "cut", "removed", "older", "bit"})
  void damagedDatabaseIsMadeAgainFromTheJournals(String damage) throws Exception {
    createWithARun();
    Path older = Files.copy(database(), folder.resolve("older"));
    try (StateStore store = StateStore.open(state())) {
      store.runs().end(1, RunStatus.FINISHED, 0, Instant.EPOCH);
    }
    Path database = database();
    byte[] bytes = Files.readAllBytes(database);
    switch (damage) {
      case "noise" -> Files.writeString(database, "somebody's file\n");
      case "empty" -> Files.write(database, new byte[0]);
      case "cut" -> Files.write(database, Arrays.copyOf(bytes, bytes.length - 4_096));
      case "removed" -> Files.delete(database);
      case "older" -> Files.copy(older, database, StandardCopyOption.REPLACE_EXISTING);
      default -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(database, bytes);
      }
    }

    Path aside = state().resolve("state-2.mv.db.damaged");
    String notice =
        "The database of the state folder was %s. It has been rebuilt from the journals of the runs."
            .formatted(
                damage.equals("removed")
                    ? "missing"
                    : "damaged; the damaged file is kept as " + aside);
    try (StateStore store = StateStore.openToRead(state()).orElseThrow()) {
      assertRunIsWhole(store);
    }
    try (StateStore store = StateStore.open(state())) {
      assertThat(store.notices()).containsExactly(notice);
      assertRunIsWhole(store);
      assertThat(store.runs().find(1).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
      assertThat(store.nextNumber()).isEqualTo(2);
    }
    try (StateStore store = StateStore.open(state())) {
      assertThat(store.notices()).isEmpty();
      assertRunIsWhole(store);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "state-1.mv.db 12 bytes crc32c 00000000\n"})
  void withoutItsNoteTheDatabaseIsNotTrusted(String content) throws Exception {
    createWithARun();
    Files.writeString(current(), content);

    try (StateStore store = StateStore.open(state())) {
      assertThat(store.notices()).hasSize(1);
      assertRunIsWhole(store);
    }
  }

  @Test
  void damagedJournalOfAnUnfinishedRunIsToldAndNotResumed() throws Exception {
    createWithARun();
    byte[] bytes;
    try (StateStore store = StateStore.open(state())) {
      store.journal(1).record(updated(3), null).join();
      store.journal(1).record(updated(4), null).join();
      bytes = Files.readAllBytes(journal(1));
      copy(state(), folder.resolve("killed"));
    }
    bytes[bytes.length / 2] ^= 1;
    Path killed = folder.resolve("killed");
    Path damaged = killed.resolve("runs").resolve("1").resolve("journal");
    Files.write(damaged, bytes);

    for (int process = 1; process <= 2; process++) {
      try (StateStore store = StateStore.open(killed)) {
        assertThat(store.runs().find(1).orElseThrow().status()).isEqualTo(RunStatus.DAMAGED);
        assertThat(store.outcomes().page(1, 0, 10)).startsWith(updated(1));
      }
    }
    assertThat(Files.readAllBytes(damaged)).isEqualTo(bytes);
  }

  /** Without its end, and with the database lost too, a finished run must not begin again. */
  @Test
  void runThatWasSummedUpAsFinishedIsNotResumed() throws Exception {
    createWithARun();
    Files.writeString(
        journal(1).resolveSibling("summary.json"), "{\n  \"status\" : \"finished\"\n}");
    Files.delete(current());

    try (StateStore store = StateStore.open(state())) {
      assertThat(store.runs().find(1).orElseThrow().status()).isEqualTo(RunStatus.DAMAGED);
      assertThat(store.notices())
          .contains(
              "Run 1 cannot be resumed: its summary.json says that it has finished, but the end of its"
                  + " journal is missing. Check the accounts with 'plan', then run the file again.");
    }
  }

  @Test
  void journalThatIsGoneIsTold() throws Exception {
    createWithARun();
    Files.delete(journal(1));

    try (StateStore store = StateStore.open(state())) {
      assertThat(store.notices())
          .containsExactly(
              "Run 1 cannot be resumed: the journal of run 1 is missing. Check the accounts with"
                  + " 'plan', then run the file again.");
      assertRunIsWhole(store);
    }
  }

  @Test
  void folderOfARunThatIsNotOnRecordKeepsItsNumber() throws Exception {
    createWithARun();
    Path unknown = Files.createDirectories(state().resolve("runs").resolve("7"));
    Files.writeString(unknown.resolve("before.csv"), "x");

    try (StateStore store = StateStore.open(state())) {
      assertThat(store.notices())
          .containsExactly(
              unknown
                  + " holds the files of a run that is not on record because its journal is missing. If"
                  + " you do not need the files, delete the folder.");
      assertThat(store.nextNumber()).isEqualTo(8);
    }
    assertThat(unknown.resolve("before.csv")).hasContent("x");
  }

  @Test
  void startThatWasKilledBeforeTheRunWasOnRecordLeavesNothing() throws Exception {
    createWithARun();
    Path begun = Files.createDirectories(state().resolve("runs").resolve("2"));
    Files.writeString(begun.resolve("input.csv"), "id\n");
    Files.writeString(begun.resolve("journal.new"), "SLBJ");

    try (StateStore store = StateStore.open(state())) {
      assertThat(store.notices()).isEmpty();
      assertThat(store.nextNumber()).isEqualTo(2);
    }
    assertThat(begun).doesNotExist();
  }

  @Test
  void numbersOfDeletedRunsAreNotUsedAgain() throws Exception {
    createWithARun();
    try (StateStore store = StateStore.open(state())) {
      store.runs().end(1, RunStatus.FINISHED, 0, Instant.EPOCH);
      store.delete(List.of(1));
      assertThat(store.runs().all()).isEmpty();
    }
    assertThat(journal(1).getParent()).doesNotExist();

    Files.delete(database());
    try (StateStore store = StateStore.open(state())) {
      assertThat(store.nextNumber()).isEqualTo(2);
    }
  }

  /** The kill comes before the last change that a script makes. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void outcomesFromBeforeWorkspacesAreOfTheDefaultOne(boolean killedInTheUpgrade) {
    createWithARun();
    try (StateStore store = StateStore.open(state())) {
      List<String> back =
          killedInTheUpgrade
              ? List.of("CREATE INDEX outcome_of_account ON outcome (account_id)")
              : List.of(
                  "DROP INDEX outcome_of_workspace_account",
                  "ALTER TABLE outcome DROP COLUMN workspace",
                  "CREATE INDEX outcome_of_account ON outcome (account_id)");
      for (String change : back) {
        JdbcClient.create(store.dataSource()).sql(change).update();
      }
      JdbcClient.create(store.dataSource()).sql("UPDATE schema_version SET version = 7").update();
    }

    try (StateStore store = StateStore.open(state())) {
      assertRunIsWhole(store);
      assertThat(
              JdbcClient.create(store.dataSource())
                  .sql(
                      "SELECT INDEX_NAME FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_NAME ="
                          + " 'OUTCOME' AND INDEX_NAME LIKE 'OUTCOME%'")
                  .query(String.class)
                  .list())
          .containsExactly("OUTCOME_OF_WORKSPACE_ACCOUNT");
    }
  }

  @Test
  void databaseOfANewerVersionIsRefusedAndLeftAlone() throws Exception {
    createWithARun();
    try (StateStore store = StateStore.open(state())) {
      JdbcClient.create(store.dataSource()).sql("UPDATE schema_version SET version = 99").update();
    }
    byte[] bytes = Files.readAllBytes(database());
    assertThatThrownBy(() -> StateStore.open(state()))
        .isInstanceOf(StateException.class)
        .hasMessage(
            "a newer version of smartlead-bulk wrote this state folder (schema 99; this version knows"
                + " schemas up to "
                + Schema.VERSION
                + "). Use the newer version, or choose another folder with --state-dir")
        .extracting(e -> ((StateException) e).reason())
        .isEqualTo(Reason.UNUSABLE);

    assertThat(Files.readAllBytes(database())).isEqualTo(bytes);
  }

  @Test
  void whoLooksSeesARunAtWorkAndIsInNobodysWay() {
    createWithARun();
    try (StateStore store = StateStore.open(state())) {
      TestOutcomes.record(store, store.nextNumber(), List.of(updated(5)));
      try (StateStore looking = StateStore.openToRead(state()).orElseThrow()) {
        assertThat(looking.isAtWork(1)).isTrue();
        assertThat(looking.runs().all()).hasSize(2);
        assertThat(looking.outcomes().page(2, 0, 10)).containsExactly(updated(5));
        assertThatThrownBy(() -> StateStore.open(state()))
            .isInstanceOf(StateException.class)
            .hasMessageStartingWith(
                "state folder " + state() + " is in use by another run (process ");
      }
    }
    try (StateStore looking = StateStore.openToRead(state()).orElseThrow();
        StateStore working = StateStore.open(state())) {
      assertThat(looking.isAtWork(1)).isFalse();
      assertThat(working.runs().all()).hasSize(2);
    }
  }

  @Test
  void whereNothingIsThereIsNothingToLookAt() throws IOException {
    assertThat(StateStore.openToRead(state())).isEmpty();
    Files.createDirectories(state());
    assertThat(StateStore.openToRead(state())).isEmpty();
  }

  @Test
  void fileInTheFoldersPlaceIsRefused() throws Exception {
    Files.writeString(state(), "x");

    assertThatThrownBy(() -> StateStore.open(state()))
        .isInstanceOf(StateException.class)
        .hasMessage("state folder " + state() + " cannot be created: " + state() + " is a file");
    assertThat(state()).hasContent("x");
  }

  @Test
  void aLinkThatLeadsNowhereIsNotTakenForAFile() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));

    assertThatThrownBy(() -> StateStore.open(link))
        .isInstanceOf(StateException.class)
        .hasMessage(
            "state folder %s cannot be created: %s is a link to something that does not exist or may not"
                + " be reached (is its disk mounted?)",
            link, link);
  }

  @Test
  void pathWithASemicolonIsRefused() {
    Path path = folder.resolve("a;b");

    assertThatThrownBy(() -> StateStore.open(path))
        .isInstanceOf(StateException.class)
        .hasMessage("state folder " + path + ": the path must not contain ';'");
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "ü 你", "a:b", "~", "100%25", "#1?x=y&z", "it's \"x\""})
  void otherPathsAreAsGoodAsAny(String name) {
    Path path = folder.resolve(name).resolve("state");
    StateStore.open(path).close();

    assertThat(path.resolve("state-1.mv.db")).exists();
  }

  @Test
  void holderIsNamed() throws IOException {
    try (StateStore store = StateStore.open(state())) {
      assertThat(Files.readString(store.folder().resolve("holder"), StandardCharsets.UTF_8))
          .matches(ProcessHandle.current().pid() + "\\R[-0-9]+T[0-9:.]+Z\\R");
    }
  }
}
