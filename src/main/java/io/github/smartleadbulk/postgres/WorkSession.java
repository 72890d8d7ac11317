package io.github.smartleadbulk.postgres;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The right of a process to work: a lock of the server that is tied to a connection. Thread-safe.
 *
 * <p>The lock is gone when the process has ended, when its machine or the network fails, and when
 * it is not heard of for {@link #LONGEST_SILENCE}, as if it was paused. Whoever then takes over
 * marks the session as ended first. From then on, the database takes nothing more from it: neither
 * records of a journal nor requests for permits. So a process that wakes up again sends nothing.
 */
public final class WorkSession implements AutoCloseable {

  /** The server ends a connection that it does not hear of for this long. */
  static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

  private static final Duration HEARTBEAT = Duration.ofSeconds(3);

  /** The longest pause of a process in a transaction with locks that others need. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How long the server may take to end a connection. */
  private static final Duration FOR_THE_END = Duration.ofSeconds(5);

  /** How long a heartbeat may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** The session of another process, which has what this one wants. */
  public record Conflict(int session, String host, long process, Instant startedAt) {

    @Override
    public String toString() {
      return "process %d on %s, started %s".formatted(process, host, startedAt);
    }
  }

  /** The accounts of a key at a target. */
  public record Workspace(String target, String keyHash) {}

  private final int id;
  private final Connection connection;
  private final PostgresAddress address;
  private final WorkPool pool;
  private final Thread heartbeats;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Runnable> whenLost = new ArrayList<>();
  private final Map<Integer, Runnable> whenAskedToStop = new HashMap<>();
  private boolean lost;

  private WorkSession(int id, Connection connection, PostgresAddress address, WorkPool pool) {
    this.id = id;
    this.connection = connection;
    this.address = address;
    this.pool = pool;
    heartbeats = new Thread(this::beat, "state-session");
    heartbeats.setDaemon(true);
  }

  /**
   * @param application the name of all connections of the pool
   */
  static WorkSession begin(PostgresAddress address, String application, WorkPool pool)
      throws SQLException {
    Connection connection = PostgresDatabase.connect(address, PATIENCE);
    try {
      try (Statement statement = connection.createStatement()) {
        // The first ends the session of a paused process, the others that of a lost machine.
        statement.execute("SET idle_session_timeout = " + LONGEST_SILENCE.toMillis());
        statement.execute("SET tcp_keepalives_idle = 4");
        statement.execute("SET tcp_keepalives_interval = 2");
        statement.execute("SET tcp_keepalives_count = 4");
        statement.execute("SET tcp_user_timeout = " + LONGEST_SILENCE.toMillis());
      }
      int id = insert(connection, application);
      AdvisoryLock.SESSION.hold(connection, id);
      WorkSession session = new WorkSession(id, connection, address, pool);
      session.heartbeats.start();
      return session;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static int insert(Connection connection, String application) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO work_session (host, process, application) VALUES (?, ?, ?) RETURNING id")) {
      statement.setString(1, host());
      statement.setLong(2, ProcessHandle.current().pid());
      statement.setString(3, application);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  /** The number of the session. No other session ever has it. */
  public int id() {
    return id;
  }

  private void beat() {
    try (Statement statement = connection.createStatement()) {
      while (!closing.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        List<Runnable> asked = new ArrayList<>();
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT run FROM run_stop JOIN journal USING (run) WHERE session = " + id)) {
          while (rows.next()) {
            asked.add(whenAskedToStop(rows.getInt(1)));
          }
        }
        asked.forEach(Runnable::run);
      }
    } catch (SQLException | InterruptedException e) {
      lose();
      goOnWhileInOrder();
    }
  }

  /**
   * What is under way can be put on record until others take over. When they have, or if the
   * database cannot be reached, nothing can.
   */
  private void goOnWhileInOrder() {
    try {
      do {
        try (Connection own = PostgresDatabase.connect(address, PATIENCE)) {
          if (!isInOrder(own, id)) {
            pool.cutOff();
            return;
          }
        }
      } while (!closing.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (SQLException | InterruptedException e) {
      pool.cutOff();
    }
  }

  private void lose() {
    List<Runnable> told;
    synchronized (this) {
      if (closing.getCount() == 0) {
        return;
      }
      lost = true;
      told = List.copyOf(whenLost);
    }
    told.forEach(Runnable::run);
  }

  private synchronized Runnable whenAskedToStop(int run) {
    return whenAskedToStop.getOrDefault(run, () -> {});
  }

  /** Runs a task, perhaps several times, if somebody asks a run of this session to stop. */
  public synchronized void whenAskedToStop(int run, Runnable task) {
    whenAskedToStop.put(run, task);
  }

  /** Runs a task once if the lock is lost, immediately if it is already. */
  public void whenLost(Runnable task) {
    synchronized (this) {
      if (!lost) {
        whenLost.add(task);
        return;
      }
    }
    task.run();
  }

  /**
   * Takes workspaces, all or none. Those of sessions that have lost their locks are taken over.
   *
   * @return the session that has one of them; empty if they are taken
   */
  public Optional<Conflict> claim(List<Workspace> workspaces) throws SQLException {
    return decide(
        connection -> {
          for (Workspace workspace : workspaces) {
            Optional<Conflict> conflict =
                takeFrom(
                    connection,
                    owner(
                        connection,
                        "SELECT session FROM workspace_claim WHERE target = ? AND key_hash = ?",
                        workspace.target(),
                        workspace.keyHash()));
            if (conflict.isPresent()) {
              return conflict;
            }
          }
          insert(connection, workspaces);
          return Optional.empty();
        });
  }

  private void insert(Connection connection, List<Workspace> workspaces) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO workspace_claim (target, key_hash, session) VALUES (?, ?, ?) ON CONFLICT"
                + " (target, key_hash) DO UPDATE SET session = EXCLUDED.session")) {
      for (Workspace workspace : workspaces) {
        statement.setString(1, workspace.target());
        statement.setString(2, workspace.keyHash());
        statement.setInt(3, id);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Takes the journal of a run, to append to it.
   *
   * @return the session that has it; empty if it is taken
   */
  Optional<Conflict> claimJournal(int run) throws SQLException {
    return decide(
        connection -> {
          Optional<Conflict> conflict =
              takeFrom(
                  connection, owner(connection, "SELECT session FROM journal WHERE run = ?", run));
          if (conflict.isEmpty()) {
            try (PreparedStatement statement =
                connection.prepareStatement(
                    "WITH asked AS (DELETE FROM run_stop WHERE run = ?) UPDATE journal SET session ="
                        + " ? WHERE run = ?")) {
              statement.setInt(1, run);
              statement.setInt(2, id);
              statement.setInt(3, run);
              statement.executeUpdate();
            }
          }
          return conflict;
        });
  }

  /** Something to do in the database. */
  public interface Task {
    void run() throws SQLException;
  }

  /** Does something while no session can take a workspace or a run. */
  public void whileNobodyClaims(Task task) throws SQLException {
    Optional<Conflict> unused =
        decide(
            connection -> {
              task.run();
              return Optional.empty();
            });
  }

  /** Until the transaction ends, nobody else brings in outcomes of a run. */
  public static void lockOutcomes(Connection connection, int run) throws SQLException {
    limitPauses(connection);
    AdvisoryLock.OUTCOMES.take(connection, run);
  }

  /**
   * The server ends the transaction if nothing comes for this long: a process that is paused in the
   * middle of it would hold up all others.
   */
  static void limitPauses(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL idle_in_transaction_session_timeout = " + LONGEST_PAUSE.toMillis());
    }
  }

  /** Something that is decided by one session at a time, in one transaction. */
  interface Decision {
    Optional<Conflict> take(Connection connection) throws SQLException;
  }

  Optional<Conflict> decide(Decision decision) throws SQLException {
    try (Connection own = pool.getConnection()) {
      own.setAutoCommit(false);
      try {
        limitPauses(own);
        AdvisoryLock.CLAIMS.take(own, 0);
        if (!isInOrder(own, id)) {
          throw new SessionLostException();
        }
        Optional<Conflict> conflict = decision.take(own);
        if (conflict.isEmpty()) {
          own.commit();
          endConnections(own);
          own.commit();
        }
        return conflict;
      } finally {
        own.rollback();
        own.setAutoCommit(true);
      }
    }
  }

  /**
   * Whether a session may work. Until the transaction ends, nobody else can end it.
   *
   * @throws SQLException if the database cannot be asked
   */
  static boolean isInOrder(Connection connection, int session) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM work_session WHERE id = ? AND NOT ended FOR SHARE")) {
      statement.setInt(1, session);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static @Nullable Integer owner(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : null;
      }
    }
  }

  /** Ends the session of an owner that has lost its lock; returns an owner that has it. */
  private Optional<Conflict> takeFrom(Connection connection, @Nullable Integer owner)
      throws SQLException {
    if (owner == null || owner == id) {
      return Optional.empty();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT host, process, started_at FROM work_session WHERE id = ? AND NOT ended AND "
                + AdvisoryLock.SESSION.isHeld("work_session.id"))) {
      statement.setInt(1, owner);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          return Optional.of(
              new Conflict(
                  owner,
                  row.getString(1),
                  row.getLong(2),
                  row.getTimestamp(3)
                      .toInstant()
                      .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
        }
      }
    }
    end(connection, owner);
    return Optional.empty();
  }

  private static void end(Connection connection, int session) throws SQLException {
    // They may be in transactions, with locks on what is needed now.
    endConnections(connection, "s.id = " + session);
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE work_session SET ended = TRUE WHERE id = ?")) {
      statement.setInt(1, session);
      statement.executeUpdate();
    }
  }

  /**
   * Asks the session that works on a run to stop it. The session cannot end meanwhile, so whoever
   * takes the run after it knows of the question.
   *
   * @return false if no connected session works on it
   */
  public static boolean askToStop(DataSource pool, int run) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "WITH worker AS (SELECT id FROM work_session s WHERE NOT ended AND "
                    + AdvisoryLock.SESSION.isHeld("s.id")
                    + " AND id = (SELECT session FROM journal WHERE run = ?) FOR SHARE)"
                    + " INSERT INTO run_stop (run) SELECT ? FROM worker"
                    + " ON CONFLICT (run) DO UPDATE SET asked_at = clock_timestamp()")) {
      statement.setInt(1, run);
      statement.setInt(2, run);
      return statement.executeUpdate() > 0;
    }
  }

  /** Ends connections of sessions that have ended, but for those that were ended by themselves. */
  private static void endConnections(Connection connection) throws SQLException {
    endConnections(connection, "s.ended");
  }

  private static void endConnections(Connection connection, String which) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(a.pid, "
              + FOR_THE_END.toMillis()
              + ") FROM pg_stat_activity a JOIN work_session s ON s.application ="
              + " a.application_name WHERE a.datname = current_database() AND a.usename ="
              + " current_user AND "
              + which);
    }
  }

  /** The runs that connected processes have taken. */
  public static Set<Integer> runsAtWork(DataSource pool) throws SQLException {
    return numbers(
        pool,
        "SELECT run FROM journal JOIN work_session s ON s.id = session WHERE NOT s.ended AND "
            + AdvisoryLock.SESSION.isHeld("s.id"));
  }

  /** The sessions of connected processes. */
  public static Set<Integer> present(DataSource pool) throws SQLException {
    return numbers(
        pool,
        "SELECT id FROM work_session WHERE " + AdvisoryLock.SESSION.isHeld("work_session.id"));
  }

  private static Set<Integer> numbers(DataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Set<Integer> numbers = new TreeSet<>();
      while (rows.next()) {
        numbers.add(rows.getInt(1));
      }
      return numbers;
    }
  }

  /** Deletes what is on record of sessions that ended long ago and whose journals are gone. */
  public static void deleteUnneeded(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      // A process that is about to take its lock has begun just now.
      statement.execute(
          "DELETE FROM workspace_claim USING work_session s WHERE s.id = session AND (s.ended OR"
              + " s.started_at < clock_timestamp() - INTERVAL '1 day') AND NOT "
              + AdvisoryLock.SESSION.isHeld("s.id"));
      statement.execute(
          "DELETE FROM work_session s WHERE (s.ended OR s.started_at < clock_timestamp() - INTERVAL"
              + " '1 day') AND NOT "
              + AdvisoryLock.SESSION.isHeld("s.id")
              + " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.session = s.id) AND NOT EXISTS"
              + " (SELECT 1 FROM workspace_claim c WHERE c.session = s.id)");
    }
  }

  /** Gives back what the session has. */
  @Override
  public void close() throws SQLException {
    synchronized (this) {
      closing.countDown();
    }
    try {
      heartbeats.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM workspace_claim WHERE session = " + id);
      statement.execute(
          "UPDATE work_session SET application = CASE WHEN ended THEN application END, ended = TRUE"
              + " WHERE id = "
              + id);
    } catch (SQLException e) {
      // A lost session has nothing that it could give back; others take over what it had.
      if (!isLost()) {
        throw e;
      }
    }
  }

  private synchronized boolean isLost() {
    return lost;
  }
}
