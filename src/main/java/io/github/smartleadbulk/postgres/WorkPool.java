package io.github.smartleadbulk.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that can be cut off: those in use fail immediately, and there are no more.
 * Thread-safe.
 */
final class WorkPool extends DelegatingDataSource implements AutoCloseable {

  private final HikariDataSource connections;
  private volatile boolean isCutOff;

  WorkPool(HikariDataSource connections) {
    super(connections);
    this.connections = connections;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (isCutOff) {
      throw new SQLException(SessionLostException.MESSAGE, SessionLostException.SQL_STATE);
    }
    return connections.getConnection();
  }

  /** Whoever waits for the database waits no longer. */
  void cutOff() {
    isCutOff = true;
    connections.close();
  }

  @Override
  public void close() {
    connections.close();
  }
}
