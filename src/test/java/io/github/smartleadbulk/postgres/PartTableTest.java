package io.github.smartleadbulk.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.postgres.PartTable.Part;
import io.github.smartleadbulk.postgres.PartTable.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run of three workspaces, of which another process sends two. */
@Timeout(60)
final class PartTableTest {

  private static final int RUN = 1;
  private static final List<WorkSession.Workspace> ALL =
      List.of(workspace(0), workspace(1), workspace(2));

  private final PostgresAddress address = TestPostgres.newAddress();
  private PostgresDatabase first;
  private PostgresDatabase second;
  private WorkSession owner;
  private WorkSession helper;
  private PartTable offered;
  private PartTable taken;
  private TableJournal ownJournal;

  private static WorkSession.Workspace workspace(int place) {
    return new WorkSession.Workspace("https://" + place, "key");
  }

  private static JournalRecord record(String content) {
    return new JournalRecord((byte) 7, content.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void begin() throws Exception {
    first = PostgresDatabase.open(address, 5);
    second = PostgresDatabase.open(address, 5);
    owner = first.begin();
    helper = second.begin();
    try (Connection connection = first.pool().getConnection();
        Statement statement = connection.createStatement()) {
      for (int place = 0; place < ALL.size(); place++) {
        statement.execute(
            "INSERT INTO run_workspace (run, place, name, target, key_hash) VALUES (1, %d, 'w%d', 'https://%d', 'key')"
                .formatted(place, place, place));
      }
    }
    assertThat(owner.claim(ALL)).isEmpty();
    ownJournal = TableJournal.create(first.pool(), owner, RUN, record("begun"));
    offered = new PartTable(first.pool(), owner, RUN);
    taken = new PartTable(second.pool(), helper, RUN);
    offered.offer(1, List.of(1, 2));
  }

  @AfterEach
  void close() throws SQLException {
    owner.close();
    helper.close();
    first.close();
    second.close();
  }

  private State state() throws IOException {
    return offered.list().get(0).state();
  }

  private int ownerOf(int place) throws SQLException {
    try (Connection connection = first.pool().getConnection();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT session FROM workspace_claim WHERE target = 'https://" + place + "'")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void whoTakesAPartHasItsWorkspacesUntilItGivesThemBack() throws Exception {
    TableJournal journal = TableJournal.join(second.pool(), helper, RUN);
    assertThat(state()).isEqualTo(State.OFFERED);
    assertThatThrownBy(() -> journal.write(List.of(record("early"))))
        .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());

    assertThat(taken.take(owner.id(), 1)).contains(List.of(1, 2));

    assertThat(state()).isEqualTo(State.TAKEN);
    assertThat(List.of(ownerOf(0), ownerOf(1), ownerOf(2)))
        .containsExactly(owner.id(), helper.id(), helper.id());
    assertThat(taken.mayGoOn(1)).isTrue();
    assertThat(offered.withdraw(1)).isFalse();
    assertThat(offered.takeBack(offered.list().get(0)))
        .hasValueSatisfying(conflict -> assertThat(conflict.session()).isEqualTo(helper.id()));
    // Both append, and no position is given twice.
    ownJournal.write(List.of(record("a"), record("b")));
    journal.write(List.of(record("c")));
    ownJournal.write(List.of(record("d")));
    assertThat(List.of(journal.length(), ownJournal.length())).containsExactly(4L, 5L);
    assertThat(TableJournal.length(first.pool(), RUN)).contains(5L);

    taken.giveBack(owner.id(), 1, List.of(1, 2));

    assertThat(state()).isEqualTo(State.OVER);
    assertThat(List.of(ownerOf(0), ownerOf(1), ownerOf(2))).containsOnly(owner.id());
    assertThatThrownBy(() -> journal.write(List.of(record("late"))))
        .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());
    assertThat(offered.takeBack(offered.list().get(0))).isEmpty();
    assertThat(offered.list()).isEmpty();
  }

  @Test
  void onlyOneTakesAPartAndNobodyTakesWhatIsWithdrawn() throws Exception {
    try (PostgresDatabase third = PostgresDatabase.open(address, 5);
        WorkSession late = third.begin()) {
      PartTable other = new PartTable(third.pool(), late, RUN);
      assertThat(taken.take(owner.id(), 1)).isPresent();
      assertThat(other.take(owner.id(), 1)).isEmpty();

      offered.offer(2, List.of(0));
      assertThat(offered.withdraw(2)).isTrue();
      assertThat(other.take(owner.id(), 2)).isEmpty();
    }
  }

  @Test
  void partOfALostProcessComesBackAndThatProcessCanDoNothingMore() throws Exception {
    TableJournal journal = TableJournal.join(second.pool(), helper, RUN);
    assertThat(taken.take(owner.id(), 1)).isPresent();
    journal.write(List.of(record("a")));
    TestPostgres.endLock(address, helper);
    Part part = offered.list().get(0);
    assertThat(part.state()).isEqualTo(State.LOST);

    assertThat(offered.takeBack(part)).isEmpty();

    assertThatThrownBy(() -> journal.write(List.of(record("late"))))
        .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());
    assertThatThrownBy(() -> taken.giveBack(owner.id(), 1, List.of(1, 2)))
        .satisfies(failure -> assertThat(ServerFailure.find(failure)).isPresent());
    assertThat(List.of(ownerOf(1), ownerOf(2))).containsOnly(owner.id());
  }

  @Test
  void anotherRunMayBeQuickerWithTheWorkspacesOfALostProcess() throws Exception {
    assertThat(taken.take(owner.id(), 1)).isPresent();
    TestPostgres.endLock(address, helper);
    try (PostgresDatabase third = PostgresDatabase.open(address, 5);
        WorkSession other = third.begin()) {
      assertThat(other.claim(List.of(workspace(2)))).isEmpty();

      assertThat(offered.takeBack(offered.list().get(0)))
          .hasValueSatisfying(conflict -> assertThat(conflict.session()).isEqualTo(other.id()));
    }
  }

  @Test
  void helperGoesOnUntilItIsAskedToEndOrTheProcessThatHasTheRunIsLost() throws Exception {
    offered.offer(2, List.of(0));
    assertThat(taken.take(owner.id(), 1)).isPresent();
    assertThat(taken.mayGoOn(1)).isTrue();

    TestPostgres.endLock(address, owner);
    assertThat(taken.mayGoOn(1)).isFalse();
    assertThat(taken.take(owner.id(), 2)).isEmpty();
  }

  @Test
  void nobodyTakesAPartWhoseOwnerHasAskedAllToEnd() throws Exception {
    offered.askToEnd();

    assertThat(taken.take(owner.id(), 1)).isEmpty();
  }
}
