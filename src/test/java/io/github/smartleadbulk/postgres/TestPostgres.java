package io.github.smartleadbulk.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server for all tests of a JVM, on loopback. It starts when it is first needed
 * and ends with the JVM.
 */
public final class TestPostgres {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {

    private static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A new database with nothing in it. */
  public static String newDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return Server.INSTANCE.getJdbcUrl("postgres", name);
  }

  /** The address of a new database with nothing in it. */
  public static PostgresAddress newAddress() {
    return PostgresAddress.of(newDatabase(), null);
  }

  /** The port of the server. */
  public static int port() {
    return Server.INSTANCE.getPort();
  }

  /**
   * A new database whose owner needs a password. All other users need none.
   *
   * @return the address, with the user
   */
  public static String newDatabase(String user, String password) throws IOException {
    String name = "test" + DATABASES.incrementAndGet();
    execute("CREATE ROLE " + user + " LOGIN PASSWORD '" + password + "'");
    execute("CREATE DATABASE " + name + " OWNER " + user);
    Path rules = Path.of(ask("SHOW hba_file"));
    Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
    ask("SELECT pg_reload_conf()");
    return "jdbc:postgresql://localhost:" + port() + "/" + name + "?user=" + user;
  }

  /**
   * Ends the connection that has the lock of a session, as the server does after a long silence.
   */
  static void endLock(PostgresAddress address, WorkSession session) throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    session.whenLost(lost::countDown);
    try (Connection connection = PostgresDatabase.connect(address, Duration.ofSeconds(60));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(l.pid, 5000) FROM pg_locks l WHERE l.locktype = 'advisory' AND"
              + " l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
              + " AND l.classid = "
              + AdvisoryLock.SESSION.space()
              + " AND l.objid = "
              + session.id());
    }
    assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static void execute(String sql) {
    try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ask(String sql) {
    try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
