package io.github.smartleadbulk.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Connections to the database, with tables of this version. Thread-safe. */
public final class PostgresDatabase implements AutoCloseable {

  /** How long to wait for a connection, or for the server to take one. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration IDLE = Duration.ofSeconds(30);

  /** A statement without an answer for this long has lost its server. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Messages in the server's list of connections name the program. */
  private static final String APPLICATION = "smartlead-bulk";

  private final PostgresAddress address;
  private final String application;
  private final WorkPool pool;

  private PostgresDatabase(PostgresAddress address, String application, WorkPool pool) {
    this.address = address;
    this.application = application;
    this.pool = pool;
  }

  /**
   * Connects, and upgrades the tables.
   *
   * @param connections how many connections at most
   * @throws SQLException if the server cannot be reached or refuses
   * @throws NewerSchemaException if a newer version of the program wrote the database
   */
  public static PostgresDatabase open(PostgresAddress address, int connections)
      throws SQLException {
    try (Connection connection = connect(address, SILENCE)) {
      checkEncoding(connection);
      PostgresSchema.upgrade(connection);
    }
    String application = APPLICATION + " " + UUID.randomUUID();
    HikariConfig config = new HikariConfig();
    config.setPoolName(APPLICATION);
    config.setJdbcUrl(address.url());
    config.setDataSourceProperties(properties(address, SILENCE));
    // Decisions under a lock must see those before, whatever the server's default is.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionInitSql(initialSql(application));
    config.setConnectionTimeout(PATIENCE.toMillis());
    // Servers allow few connections, and a run needs many only at its beginning.
    config.setIdleTimeout(IDLE.toMillis());
    try {
      return new PostgresDatabase(address, application, new WorkPool(new HikariDataSource(config)));
    } catch (PoolInitializationException e) {
      throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
    }
  }

  /** In another encoding, a run would fail in the middle, at the first name that has no place. */
  private static void checkEncoding(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW server_encoding")) {
      row.next();
      if (!row.getString(1).equals("UTF8")) {
        throw new SQLException(
            "its encoding is %s, expected UTF8: create it with ENCODING 'UTF8' TEMPLATE template0"
                .formatted(row.getString(1)));
      }
    }
  }

  /**
   * Names a connection, and refuses it if others have taken over from this process. What is
   * committed must survive the server, whatever it does for others.
   */
  private static String initialSql(String application) {
    return "SET application_name = '"
        + application
        + "'; SELECT set_config('synchronous_commit', 'on', FALSE) WHERE"
        + " current_setting('synchronous_commit') = 'off'; DO $$ BEGIN IF EXISTS (SELECT 1 FROM work_session WHERE ended AND application = '"
        + application
        + "') THEN RAISE EXCEPTION '"
        + SessionLostException.MESSAGE
        + "' USING ERRCODE = '"
        + SessionLostException.SQL_STATE
        + "'; END IF; END $$";
  }

  /**
   * Opens a connection outside of the pool.
   *
   * @param silence after which the connection counts as lost
   */
  static Connection connect(PostgresAddress address, Duration silence) throws SQLException {
    Connection connection = new Driver().connect(address.url(), properties(address, silence));
    if (connection == null) {
      throw new SQLException("not an address of PostgreSQL");
    }
    return connection;
  }

  private static Properties properties(PostgresAddress address, Duration silence) {
    Properties properties = address.properties();
    PGProperty.APPLICATION_NAME.set(properties, APPLICATION);
    PGProperty.CONNECT_TIMEOUT.set(properties, (int) PATIENCE.toSeconds());
    PGProperty.SOCKET_TIMEOUT.set(properties, (int) silence.toSeconds());
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
    return properties;
  }

  public DataSource pool() {
    return pool;
  }

  /** Host and database. */
  public String name() {
    return address.shown();
  }

  /**
   * Begins to work.
   *
   * @see WorkSession
   */
  public WorkSession begin() throws SQLException {
    return WorkSession.begin(address, application, pool);
  }

  /** How much room the database takes on the server, in bytes. */
  public long size() throws SQLException {
    try (Connection connection = pool.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
