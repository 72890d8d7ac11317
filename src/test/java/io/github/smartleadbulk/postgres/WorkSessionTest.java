package io.github.smartleadbulk.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.journal.RecordSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one database, and what a session that was taken over can still do: nothing. */
@Timeout(60)
final class WorkSessionTest {

  private static final WorkSession.Workspace A = new WorkSession.Workspace("https://a", "key");
  private static final WorkSession.Workspace B = new WorkSession.Workspace("https://b", "key");

  private final PostgresAddress address = TestPostgres.newAddress();
  private PostgresDatabase first;
  private PostgresDatabase second;

  @BeforeEach
  void open() throws SQLException {
    first = PostgresDatabase.open(address, 5);
    second = PostgresDatabase.open(address, 5);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private static JournalRecord record(String content) {
    return new JournalRecord((byte) 7, content.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> journal(int run) throws IOException {
    List<String> contents = new ArrayList<>();
    try (RecordSource reader = TableJournalReader.open(second.pool(), run, 0)) {
      for (List<JournalRecord> records = reader.next();
          !records.isEmpty();
          records = reader.next()) {
        records.forEach(
            record -> contents.add(new String(record.content(), StandardCharsets.UTF_8)));
      }
    }
    return contents;
  }

  @Test
  void whatOneHasTheOtherIsToldAbout() throws Exception {
    try (WorkSession one = first.begin();
        WorkSession two = second.begin()) {
      assertThat(one.claim(List.of(A))).isEmpty();
      assertThat(one.claim(List.of(A))).isEmpty();

      assertThat(two.claim(List.of(B, A)))
          .hasValueSatisfying(
              conflict -> {
                assertThat(conflict.session()).isEqualTo(one.id());
                assertThat(conflict.process()).isEqualTo(ProcessHandle.current().pid());
              });
      // All or none: the other workspace is still free.
      assertThat(one.claim(List.of(B))).isEmpty();
    }
    try (WorkSession three = second.begin()) {
      assertThat(three.claim(List.of(A, B))).isEmpty();
    }
  }

  @Test
  void sessionWithoutItsLockIsTakenOverAndCanDoNothingMore(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("input.csv"), "id\n");
    try (WorkSession one = first.begin();
        WorkSession two = second.begin()) {
      assertThat(one.claim(List.of(A))).isEmpty();
      TableJournal journal = TableJournal.create(first.pool(), one, 1, record("begun"));
      journal.write(List.of(record("a"), record("b")));
      TestPostgres.endLock(address, one);
      // Nobody has taken over yet, so what was under way goes on record.
      journal.write(List.of(record("c")));

      assertThat(two.claim(List.of(A))).isEmpty();

      assertThatThrownBy(() -> journal.write(List.of(record("late"))))
          .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());
      assertThatThrownBy(() -> one.claim(List.of(B)))
          .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());
      assertThatThrownBy(() -> new StoredFiles(first.pool()).save(one.id(), 1, folder))
          .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());
      assertThatThrownBy(() -> first.pool().getConnection())
          .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());
      TableJournal taken = TableJournal.open(second.pool(), two, 1);
      taken.write(List.of(record("d")));
      assertThat(journal(1)).containsExactly("begun", "a", "b", "c", "d");
    }
  }

  /** A process that is paused in a transaction has locks that whoever takes over needs. */
  @Test
  void transactionOfAPausedProcessDoesNotHoldUpTheNext() throws Exception {
    try (WorkSession one = first.begin();
        WorkSession two = second.begin()) {
      assertThat(one.claim(List.of(A))).isEmpty();
      TableJournal unused = TableJournal.create(first.pool(), one, 1, record("begun"));
      Connection paused = first.pool().getConnection();
      paused.setAutoCommit(false);
      assertThat(WorkSession.isInOrder(paused, one.id())).isTrue();
      try (Statement statement = paused.createStatement()) {
        statement.execute("UPDATE journal SET length = length WHERE run = 1");
      }
      TestPostgres.endLock(address, one);

      assertThat(two.claim(List.of(A))).isEmpty();
      TableJournal.open(second.pool(), two, 1).write(List.of(record("next")));

      assertThat(journal(1)).containsExactly("begun", "next");
    }
  }

  @Test
  void journalTakesRecordsOfAnyContent() throws Exception {
    byte[] bytes = new byte[3 << 20];
    new Random(4).nextBytes(bytes);
    try (WorkSession one = first.begin()) {
      TableJournal journal = TableJournal.create(first.pool(), one, 1, record(""));
      journal.write(List.of(new JournalRecord((byte) -1, bytes), record("{\"a\",\\}")));
      assertThat(journal.length()).isEqualTo(3);
      try (RecordSource reader = TableJournalReader.open(second.pool(), 1, 1)) {
        List<JournalRecord> records = new ArrayList<>(reader.next());
        records.addAll(reader.next());
        assertThat(records).hasSize(2);
        assertThat(records.get(0).kind()).isEqualTo((byte) -1);
        assertThat(records.get(0).content()).isEqualTo(bytes);
        assertThat(records.get(1).content())
            .asString(StandardCharsets.UTF_8)
            .isEqualTo("{\"a\",\\}");
      }
    }
  }

  @Test
  void filesComeBackAsTheyWere(@TempDir Path here, @TempDir Path there) throws Exception {
    byte[] bytes = new byte[(5 << 20) / 2];
    new Random(4).nextBytes(bytes);
    Files.write(here.resolve("large"), bytes);
    Files.createFile(here.resolve("empty"));
    Files.writeString(here.resolve("gone"), "x");
    StoredFiles stored = new StoredFiles(first.pool());
    try (WorkSession one = first.begin()) {
      stored.save(one.id(), 1, here);
      Files.delete(here.resolve("gone"));
      Files.writeString(here.resolve("empty"), "no longer");
      stored.save(one.id(), 1, here);
    }
    Files.writeString(there.resolve("large"), "older");
    Files.writeString(there.resolve("gone"), "older");
    Files.writeString(there.resolve("other"), "stays");

    new StoredFiles(second.pool()).fetch(1, there);

    assertThat(there.resolve("large")).hasBinaryContent(bytes);
    assertThat(there.resolve("empty")).hasContent("no longer");
    assertThat(there.resolve("gone")).doesNotExist();
    assertThat(there.resolve("other")).hasContent("stays");
    assertThat(stored.size(1)).isEqualTo(bytes.length + "no longer".length());
    stored.delete(1);
    assertThat(stored.size(1)).isZero();
  }
}
