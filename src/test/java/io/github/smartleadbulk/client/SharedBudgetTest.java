package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.postgres.TestPostgres;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of several sessions with one key, against a real database and a real server. */
@Timeout(180)
class SharedBudgetTest {

  private static final Answer.Accepted ACCEPTED = new Answer.Accepted(200, 1);

  private final PostgresAddress address = TestPostgres.newAddress();

  private SharingClient sharing(URI server, String windows) throws SQLException {
    return new SharingClient(address, settings(server, windows));
  }

  private static ClientSettings settings(URI server, String windows) {
    return SharingProcess.settings(server, RateWindow.parseAll(windows));
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address.url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address.url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long permits() throws SQLException {
    return number("SELECT count(*) FROM permit");
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static RawServer accepting() {
    return RawServer.start(SharedBudgetTest::accept);
  }

  private static boolean accept(int number, Socket connection) throws IOException {
    RawServer.answer(connection, 200, "", "{\"ok\":true}");
    return true;
  }

  /** Mostly little, and now and then as long as a window. */
  private static long latency() {
    return ThreadLocalRandom.current().nextInt(20) == 0
        ? 200
        : ThreadLocalRandom.current().nextInt(30);
  }

  /** Bursts, slow calls, and restarts that cut calls off. */
  @Test
  void theClientsOfOneKeyTogetherNeverPassAWindow() throws Exception {
    List<RateWindow> windows =
        List.of(
            new RateWindow(20, Duration.ofMillis(200)), new RateWindow(60, Duration.ofMillis(900)));
    try (EnforcingServer server =
        new EnforcingServer(windows, SharedBudgetTest::latency, SharedBudgetTest::latency)) {
      ClientSettings settings = SharingProcess.settings(server.url(), windows);
      List<SharingClient> clients = new ArrayList<>();
      List<RowsInTurn> callers = new ArrayList<>();
      try {
        for (int i = 0; i < 5; i++) {
          clients.add(new SharingClient(address, settings));
        }
        for (SharingClient sharing : clients) {
          callers.add(RowsInTurn.start(sharing.client, 60));
        }
        for (int restart = 1; restart <= 2; restart++) {
          int arrived = 60 * restart;
          until(() -> server.arrivals() >= arrived);
          clients.remove(0).close();
          RowsInTurn cutOff = callers.remove(0);
          cutOff.await();
          assertThat(cutOff.answers).hasSize(60).containsOnly(ACCEPTED, new Answer.Undecided());
          clients.add(new SharingClient(address, settings));
          callers.add(RowsInTurn.start(clients.get(4).client, 60));
        }
        for (RowsInTurn caller : callers) {
          caller.await();
          assertThat(caller.answers).hasSize(60).containsOnly(ACCEPTED);
        }
      } finally {
        for (SharingClient sharing : clients) {
          sharing.close();
        }
      }
      assertThat(server.refused()).isZero();
    }
  }

  @Test
  void theCallsOfAProcessThatWasKilledStillCount() throws Exception {
    String windows = "20/s,50/4s";
    try (EnforcingServer server =
            new EnforcingServer(
                RateWindow.parseAll(windows),
                () -> 100 + SharedBudgetTest.latency(),
                SharedBudgetTest::latency);
        SharingProcess killed = SharingProcess.start(address.url(), server.url(), windows, 1_000);
        SharingProcess first = SharingProcess.start(address.url(), server.url(), windows, 20);
        SharingProcess second = SharingProcess.start(address.url(), server.url(), windows, 20)) {
      for (SharingProcess process : List.of(killed, first, second)) {
        process.awaitReady();
      }
      killed.go();
      until(() -> server.arrivals() >= 15);
      first.go();
      second.go();
      killed.close();
      first.awaitEnd();
      second.awaitEnd();
      assertThat(server.refused()).isZero();
    }
  }

  /** One clock is days behind the other, and both are far from that of the database. */
  @Test
  void theClocksOfTheProcessesDoNotMatter() throws Exception {
    SteppedTime early = new SteppedTime();
    SteppedTime late = new SteppedTime();
    late.pass(Duration.ofDays(5));
    try (RawServer server = accepting();
        SharingClient first = new SharingClient(address, settings(server.url(), "3/h"), early);
        SharingClient second = new SharingClient(address, settings(server.url(), "3/h"), late)) {
      RowsInTurn rows = RowsInTurn.start(first.client, 2);
      rows.await();
      RowsInTurn waiting = RowsInTurn.start(second.client, 2);
      until(
          () -> {
            early.pass(Duration.ofMillis(10));
            late.pass(Duration.ofMillis(10));
            return waiting.answers.size() == 1 && second.client.waiting().isPresent();
          });

      Waiting told = second.client.waiting().orElseThrow();

      assertThat(told.cause()).isEqualTo("3/h");
      assertThat(told.text()).isEqualTo("window of 3/h full");
      assertThat(told.until()).isAfter(late.now());
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void permitsThatNoRowNeedsAreGivenBack() throws Exception {
    try (RawServer server = accepting();
        SharingClient sharing = sharing(server.url(), "1000/h")) {
      RowsInTurn rows = RowsInTurn.start(sharing.client, 10);
      rows.await();
      until(() -> permits() == 10);
      // And those of the calls that were made have ended.
      until(() -> number("SELECT count(*) FROM permit WHERE counted_at > now()") == 0);
      RowsInTurn more = RowsInTurn.start(sharing.client, 10);
      more.await();
      assertThat(more.answers).hasSize(10).containsOnly(ACCEPTED);
    }
    assertThat(permits()).isEqualTo(20);
  }

  @Test
  void aClientThatStopsGivesItsPermitsBack() throws Exception {
    // Time stands still, so nothing is given back because it is not needed.
    try (RawServer server = accepting();
        SharingClient sharing =
            new SharingClient(address, settings(server.url(), "1000/h"), new SteppedTime())) {
      RowsInTurn rows = RowsInTurn.start(sharing.client, 10);
      rows.await();
      assertThat(permits()).isGreaterThan(10);
      sharing.client.stop();
      until(() -> permits() == 10);
    }
  }

  /** Records calls when the test says so. */
  private static final class SlowJournal implements RequestJournal<Answer> {

    private final List<CompletableFuture<Void>> records = new ArrayList<>();
    private final AtomicInteger recorded = new AtomicInteger();

    @Override
    public CompletableFuture<Void> sending(Instant at) {
      CompletableFuture<Void> record = new CompletableFuture<>();
      records.add(record);
      recorded.incrementAndGet();
      return record;
    }

    @Override
    public CompletableFuture<Answer> answered(Answer answer) {
      return CompletableFuture.completedFuture(answer);
    }
  }

  /** A process that was paused between taking a permit and sending must not send. */
  @Test
  void aPermitThatIsTooOldIsNotUsed() throws Exception {
    SteppedTime time = new SteppedTime();
    SlowJournal slow = new SlowJournal();
    try (RawServer server = accepting();
        SharingClient sharing =
            new SharingClient(address, settings(server.url(), "1000/h"), time)) {
      CompletableFuture<Answer> row = WaitingCaller.update(sharing.client, Samples.update(1), slow);
      assertThat(slow.recorded).hasValue(1);
      long first = number("SELECT max(id) FROM permit");

      time.pass(PermitStock.USABLE);
      slow.records.get(0).complete(null);

      until(() -> slow.recorded.get() == 2);
      until(() -> number("SELECT count(*) FROM permit WHERE id = " + first) == 0);
      assertThat(server.requests()).isEmpty();
      slow.records.get(1).complete(null);
      assertThat(row.get()).isEqualTo(ACCEPTED);
      assertThat(server.requests()).hasSize(1);
      assertThat(sharing.client.statistics().calls()).isEqualTo(1);
      time.pass(Duration.ofSeconds(1));
      until(() -> permits() == 1);
    }
  }

  /** Without limits there are no permits, but others may have taken over all the same. */
  @Test
  void aCallWhoseRecordIsTooOldIsNotSent() throws Exception {
    SteppedTime time = new SteppedTime();
    SlowJournal slow = new SlowJournal();
    try (RawServer server = accepting();
        SharingClient sharing =
            new SharingClient(address, SharingProcess.settings(server.url(), List.of()), time)) {
      CompletableFuture<Answer> row = WaitingCaller.update(sharing.client, Samples.update(1), slow);
      assertThat(slow.recorded).hasValue(1);

      time.pass(PermitStock.USABLE);
      slow.records.get(0).complete(null);

      until(() -> slow.recorded.get() == 2);
      assertThat(server.requests()).isEmpty();
      slow.records.get(1).complete(null);
      assertThat(row.get()).isEqualTo(ACCEPTED);
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** A process that was paused while it connected must not send either. */
  @ParameterizedTest
  @ValueSource(strings = {"1000/h", "unlimited"})
  void aCallThatWasPausedWhileConnectingIsNotSentAndIsNoAttempt(String windows) throws Exception {
    SteppedTime time = new SteppedTime();
    AtomicInteger connections = new AtomicInteger();
    SlowJournal journal = new SlowJournal();
    try (RawServer server = accepting();
        SharingClient sharing =
            new SharingClient(
                address,
                settings(server.url(), windows),
                time,
                () -> {
                  if (connections.incrementAndGet() == 1) {
                    time.pass(PermitStock.USABLE);
                  }
                })) {
      CompletableFuture<Answer> row =
          WaitingCaller.update(sharing.client, Samples.update(1), journal);
      journal.records.get(0).complete(null);

      // It is recorded again before it is sent.
      until(() -> journal.recorded.get() == 2);
      assertThat(server.requests()).isEmpty();
      journal.records.get(1).complete(null);
      assertThat(row.get()).isEqualTo(ACCEPTED);
      assertThat(server.requests()).hasSize(1);
      assertThat(sharing.client.statistics().calls()).isEqualTo(1);
      assertThat(sharing.client.statistics().waitedByCause()).doesNotContainKey("outage");
      assertThat(sharing.client.stopped()).isEmpty();
    }
  }

  @Test
  void aCallWhoseProcessWasTakenOverWhileItConnectedIsNeverSent() throws Exception {
    SteppedTime time = new SteppedTime();
    try (RawServer server = accepting();
        SharingClient sharing =
            new SharingClient(
                address,
                settings(server.url(), "1000/h"),
                time,
                () -> {
                  time.pass(PermitStock.USABLE);
                  endSessions();
                })) {
      RowsInTurn rows = RowsInTurn.start(sharing.client, 1);
      rows.await();
      assertThat(rows.answers).containsExactly(new Answer.Undecided());
      assertThat(sharing.client.stopped())
          .hasValueSatisfying(
              stop -> assertThat(stop.cause()).isEqualTo(ClientStop.Cause.RECORD_LOST));
      assertThat(server.requests()).isEmpty();
      assertThat(sharing.client.statistics().calls()).isZero();
    }
  }

  private void endSessions() {
    try {
      execute("UPDATE work_session SET ended = TRUE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Otherwise the row would be tried for ever. */
  @Test
  void connectingThatTakesTooLongEachTimeCountsAsAnOutage() throws Exception {
    SteppedTime time = new SteppedTime();
    AtomicInteger connections = new AtomicInteger();
    try (RawServer server = accepting();
        SharingClient sharing =
            new SharingClient(
                address,
                settings(server.url(), "unlimited"),
                time,
                () -> {
                  connections.incrementAndGet();
                  time.pass(PermitStock.USABLE);
                })) {
      RowsInTurn rows = RowsInTurn.start(sharing.client, 1);
      rows.await();
      assertThat(rows.answers)
          .containsExactly(
              new Answer.Failed(
                  null,
                  1,
                  "connecting takes longer than a call may wait after it was recorded in the shared"
                      + " state"));
      assertThat(connections).hasValue(4);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aSessionThatHasEndedSendsNothing() throws Exception {
    try (RawServer server = accepting();
        SharingClient sharing = sharing(server.url(), "1000/h")) {
      execute("UPDATE work_session SET ended = TRUE WHERE id = " + sharing.session.id());
      RowsInTurn rows = RowsInTurn.start(sharing.client, 3);
      rows.await();
      assertThat(rows.answers).hasSize(3).containsOnly(new Answer.Undecided());
      assertThat(sharing.client.stopped())
          .isEqualTo(
              Optional.of(
                  new ClientStop(
                      ClientStop.Cause.RECORD_LOST,
                      "this process was out of touch with the database, so another one may have"
                          + " taken over. Nothing more is sent")));
      assertThat(server.requests()).isEmpty();
      assertThat(permits()).isZero();
    }
  }

  @Test
  void aClientStopsWhenTheDatabaseFails() throws Exception {
    try (RawServer server = accepting();
        SharingClient sharing = sharing(server.url(), "1000/h")) {
      execute("ALTER TABLE permit RENAME TO lost");
      RowsInTurn rows = RowsInTurn.start(sharing.client, 3);
      rows.await();
      assertThat(rows.answers).hasSize(3).containsOnly(new Answer.Undecided());
      assertThat(sharing.client.stopped())
          .hasValueSatisfying(
              stop -> {
                assertThat(stop.cause()).isEqualTo(ClientStop.Cause.RECORD_LOST);
                assertThat(stop.message()).contains("relation \"permit\" does not exist");
              });
      assertThat(server.requests()).isEmpty();
    }
  }

  /** A call without a connection has sent no byte. */
  @Test
  void aCallThatFoundNoServerGivesItsPermitBack() throws Exception {
    URI nobody;
    try (RawServer closed = accepting()) {
      nobody = closed.url();
    }
    try (SharingClient sharing = sharing(nobody, "1000/h")) {
      RowsInTurn rows = RowsInTurn.start(sharing.client, 1);
      rows.await();
      until(() -> permits() == 0);
    }
  }
}
