package io.github.smartleadbulk.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.PermitGrant;
import io.github.smartleadbulk.account.RateWindow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Permits of several sessions, in a real database. */
@Timeout(120)
class PermitTableTest {

  private static final String CALLER = "0123456789abcdef";
  private static final String OTHER_CALLER = "0123456789abcdee";

  /** Longer than any test takes. */
  private static final Duration LIFE = Duration.ofHours(5);

  private PostgresDatabase database;
  private WorkSession session;
  private PermitTable own;
  private WorkSession otherSession;
  private PermitTable other;

  @BeforeEach
  void open() throws SQLException {
    database = PostgresDatabase.open(TestPostgres.newAddress(), 24);
    session = database.begin();
    own = new PermitTable(database.pool(), session);
    otherSession = database.begin();
    other = new PermitTable(database.pool(), otherSession);
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
    otherSession.close();
    database.close();
  }

  private static List<RateWindow> windows(String windows) {
    return RateWindow.parseAll(windows);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** As if this time had passed on the server's clock, on which alone it depends. */
  private void pass(Duration time) throws SQLException {
    execute(
        "UPDATE permit SET counted_at = counted_at - INTERVAL '1 millisecond' * "
            + time.toMillis());
  }

  @Test
  void allSessionsShareAWindow() throws IOException {
    PermitGrant first = own.take(CALLER, 7, windows("10/h"), LIFE);
    assertThat(first.ids()).hasSize(7);
    assertThat(first.shortage()).isNull();

    PermitGrant second = other.take(CALLER, 7, windows("10/h"), LIFE);

    assertThat(second.ids()).hasSize(3).doesNotContainAnyElementsOf(first.ids());
    assertThat(second.shortage())
        .satisfies(
            shortage -> {
              assertThat(shortage.window()).isEqualTo(windows("10/h").get(0));
              assertThat(shortage.opensIn()).isNull();
              assertThat(shortage.lookIn()).isEqualTo(Duration.ofMillis(100));
            });
  }

  @Test
  void callersDoNotShareAWindow() throws IOException {
    assertThat(own.take(CALLER, 10, windows("10/h"), LIFE).ids()).hasSize(10);
    assertThat(own.take(OTHER_CALLER, 10, windows("10/h"), LIFE).ids()).hasSize(10);
  }

  @Test
  void aCallCountsUntilTheWindowsLengthAndAMarginAfterItsEnd() throws Exception {
    List<Long> permits = own.take(CALLER, 2, windows("2/h"), LIFE).ids();
    // In flight, for however long.
    pass(Duration.ofHours(4));
    assertThat(other.take(CALLER, 1, windows("2/h"), LIFE).ids()).isEmpty();
    own.ended(permits);

    PermitGrant.Shortage shortage = other.take(CALLER, 1, windows("2/h"), LIFE).shortage();

    assertThat(shortage).isNotNull();
    assertThat(shortage.opensIn()).isLessThanOrEqualTo(Duration.ofHours(1).plusMillis(5));
    assertThat(shortage.lookIn()).isEqualTo(shortage.opensIn().minusSeconds(1));
    pass(Duration.ofHours(1).plusMillis(5));
    assertThat(other.take(CALLER, 3, windows("2/h"), LIFE).ids()).hasSize(2);
  }

  @Test
  void theLastWindowToOpenIsNamed() throws Exception {
    List<RateWindow> windows = windows("2/s,3/h,2/20min");
    own.ended(own.take(CALLER, 2, windows, LIFE).ids());

    assertThat(own.take(CALLER, 1, windows, LIFE).shortage())
        .satisfies(shortage -> assertThat(shortage.window()).hasToString("2/20min"));
    pass(Duration.ofMinutes(21));
    own.ended(own.take(CALLER, 1, windows, LIFE).ids());
    assertThat(own.take(CALLER, 1, windows, LIFE).shortage())
        .satisfies(
            shortage -> {
              assertThat(shortage.window()).hasToString("3/h");
              assertThat(shortage.opensIn()).isLessThanOrEqualTo(Duration.ofMinutes(39));
            });
  }

  /** So that nobody has to hurry when the time has come. */
  @Test
  void aPermitIsGrantedASecondBeforeItsTime() throws Exception {
    own.ended(own.take(CALLER, 2, windows("2/h"), LIFE).ids());
    pass(Duration.ofHours(1).minusMillis(900));

    PermitGrant grant = other.take(CALLER, 3, windows("2/h"), LIFE);

    assertThat(grant.permits())
        .hasSize(2)
        .allSatisfy(
            permit -> assertThat(permit.usableIn()).isLessThanOrEqualTo(Duration.ofMillis(905)));
    // They count from now on.
    assertThat(own.take(CALLER, 1, windows("2/h"), LIFE).permits()).isEmpty();
    pass(Duration.ofHours(4));
    assertThat(own.take(CALLER, 1, windows("2/h"), LIFE).permits()).isEmpty();
  }

  /** One window's time is known; that of the other depends on a call in flight. */
  @Test
  void noPermitIsGrantedBeforeItsTimeWhileThatIsNotKnown() throws Exception {
    assertThat(own.take(CALLER, 1, windows("1/s"), LIFE).ids()).hasSize(1);
    own.ended(other.take(CALLER, 1, windows("2/h"), LIFE).ids());
    pass(Duration.ofHours(1).minusMillis(500));
    assertThat(other.take(CALLER, 1, windows("1/s,2/h"), LIFE).permits()).isEmpty();
    assertThat(other.take(CALLER, 1, windows("2/h,1/s"), LIFE).permits()).isEmpty();
  }

  /** Only this session could give them back, and it knows when it does. */
  @Test
  void ownCallsInFlightAreNotLookedAtAgainBeforeTheyCanLeaveTheWindow() throws IOException {
    assertThat(own.take(CALLER, 3, windows("2/min"), LIFE).shortage())
        .isEqualTo(
            new PermitGrant.Shortage(windows("2/min").get(0), null, Duration.ofMillis(60_005)));
  }

  /** A process that asked for less has its own opinion of the same calls. */
  @Test
  void eachProcessJudgesAllCallsByItsOwnWindows() throws Exception {
    own.ended(own.take(CALLER, 5, windows("5/min"), LIFE).ids());
    assertThat(other.take(CALLER, 1, windows("6/h"), LIFE).ids()).hasSize(1);
    assertThat(other.take(CALLER, 1, windows("6/h"), LIFE).ids()).isEmpty();
    pass(Duration.ofMinutes(2));
    // The call with a window of 6/h is in flight.
    assertThat(own.take(CALLER, 5, windows("5/min"), LIFE).ids()).hasSize(4);
  }

  @Test
  void permitsThatAreGivenBackCountForNothing() throws IOException {
    List<Long> permits = own.take(CALLER, 4, windows("4/h"), LIFE).ids();
    own.neverSent(permits.subList(0, 3));
    assertThat(other.take(CALLER, 4, windows("4/h"), LIFE).ids()).hasSize(3);
  }

  @Test
  void theCallsOfADeadProcessCountUntilTheyCannotArriveAnyMore() throws Exception {
    Duration life = Duration.ofSeconds(38);
    try (WorkSession dying = database.begin()) {
      PermitTable ofDying = new PermitTable(database.pool(), dying);
      assertThat(ofDying.take(CALLER, 2, windows("2/h"), life).ids()).hasSize(2);
    }

    pass(Duration.ofMinutes(30));
    assertThat(own.take(CALLER, 1, windows("2/h"), life).shortage())
        .satisfies(
            shortage ->
                assertThat(shortage.opensIn())
                    .isLessThanOrEqualTo(Duration.ofMinutes(30).plusMillis(38_005)));
    pass(Duration.ofMinutes(30).plusMillis(38_005));
    assertThat(own.take(CALLER, 1, windows("2/h"), life).ids()).hasSize(1);
  }

  /** A process that was paused does not make a call count longer than it could arrive. */
  @Test
  void anEndThatIsToldLateIsNotLaterThanTheCallCouldArrive() throws Exception {
    Duration life = Duration.ofSeconds(10);
    List<Long> permits = own.take(CALLER, 2, windows("2/min"), life).ids();
    pass(Duration.ofSeconds(71));
    own.ended(permits);
    assertThat(other.take(CALLER, 2, windows("2/min"), life).ids()).hasSize(2);
  }

  @Test
  void aSessionThatHasEndedGetsNoPermit() throws Exception {
    List<Long> permits = own.take(CALLER, 2, windows("2/h"), LIFE).ids();
    execute("UPDATE work_session SET ended = TRUE WHERE id = " + session.id());

    assertThatThrownBy(() -> own.take(CALLER, 1, windows("9/h"), LIFE))
        .isInstanceOf(SessionLostException.class);
    assertThat(number("SELECT count(*) FROM permit")).isEqualTo(2);

    // What it has to report is true all the same.
    own.neverSent(permits);
    assertThat(other.take(CALLER, 2, windows("2/h"), LIFE).ids()).hasSize(2);
  }

  @Test
  void permitsThatNobodyCountsAnyMoreAreRemovedAsOthersAreTaken() throws Exception {
    List<Long> old = own.take(CALLER, 10, windows("100/h"), LIFE).ids();
    own.ended(old);
    pass(Duration.ofMinutes(71));
    own.ended(own.take(OTHER_CALLER, 1, windows("3/2h"), LIFE).ids());
    pass(Duration.ofMinutes(100));

    assertThat(own.take(CALLER, 2, windows("100/h"), LIFE).ids()).hasSize(2);
    assertThat(number("SELECT count(*) FROM permit WHERE caller = '" + CALLER + "'"))
        .isEqualTo(10 - 4 + 2);
    // It still counts in the longer window.
    assertThat(own.take(OTHER_CALLER, 3, windows("3/2h"), LIFE).ids()).hasSize(2);
  }

  /** A rule that is judged before the commit of the one before would grant too much here. */
  @Test
  void requestsAtTheSameTimeNeverGetMoreThanTheWindowHas() throws Exception {
    List<PermitTable> tables = List.of(own, other);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (int round = 0; round < 20; round++) {
        String caller = "caller-%09d".formatted(round);
        List<Callable<List<Long>>> requests = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
          PermitTable table = tables.get(i % 2);
          int wanted = 1 + i % 5;
          requests.add(() -> table.take(caller, wanted, windows("25/h,40/2h"), LIFE).ids());
        }
        Set<Long> granted = new HashSet<>();
        int count = 0;
        for (Future<List<Long>> permits : threads.invokeAll(requests)) {
          granted.addAll(permits.get());
          count += permits.get().size();
        }
        assertThat(count).isEqualTo(25);
        assertThat(granted).hasSize(25);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whatever the administrator of the server has set. */
  @Test
  void theIsolationOfTheServerDoesNotMatter() throws Exception {
    PostgresAddress address = TestPostgres.newAddress();
    try (Connection connection = PostgresDatabase.connect(address, LIFE.dividedBy(100));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER DATABASE "
              + connection.getCatalog()
              + " SET default_transaction_isolation = 'serializable'");
    }
    try (PostgresDatabase strict = PostgresDatabase.open(address, 16);
        WorkSession in = strict.begin()) {
      PermitTable table = new PermitTable(strict.pool(), in);
      ExecutorService threads = Executors.newFixedThreadPool(16);
      try {
        Callable<List<Long>> request = () -> table.take(CALLER, 1, windows("10/h"), LIFE).ids();
        int count = 0;
        for (Future<List<Long>> permits : threads.invokeAll(Collections.nCopies(32, request))) {
          count += permits.get().size();
        }
        assertThat(count).isEqualTo(10);
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
