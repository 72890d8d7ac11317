package io.github.smartleadbulk.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which calls one key has made to one target, beyond the end of the process. Thread-safe.
 *
 * <p>Each is committed by itself, since it has to be there before the call is: at SmartLead's
 * limits that is nothing, and at 500 calls a second a few per cent of a core.
 */
public final class CallLog implements AutoCloseable {

  /** Calls between two clean-ups. */
  private static final int CLEAN_EVERY = 100_000;

  private final JdbcClient jdbc;
  private final String caller;
  private final Duration kept;
  private final Connection connection;
  private final PreparedStatement insert;
  private int recorded;

  private CallLog(DataSource dataSource, String caller, Duration kept) throws SQLException {
    this.jdbc = JdbcClient.create(dataSource);
    this.caller = caller;
    this.kept = kept;
    this.connection = dataSource.getConnection();
    this.insert =
        connection.prepareStatement("INSERT INTO api_call (caller, called_at) VALUES (?, ?)");
  }

  /**
   * Opens the log.
   *
   * @param caller 16 characters that stand for key and target
   * @param kept how long a call is of interest
   */
  public static CallLog open(StateStore store, String caller, Duration kept) {
    try {
      return new CallLog(store.dataSource(), caller, kept);
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  /** The calls from an instant on, the oldest first. */
  public List<Instant> since(Instant from) {
    return jdbc.sql(
            "SELECT called_at FROM api_call WHERE caller = ? AND called_at >= ? ORDER BY id")
        .params(caller, from.toEpochMilli())
        .query((row, index) -> Instant.ofEpochMilli(row.getLong("called_at")))
        .list();
  }

  /** When this returns, the call is on record. */
  public synchronized void record(Instant calledAt) {
    try {
      insert.setString(1, caller);
      insert.setLong(2, calledAt.toEpochMilli());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw unusable(e);
    }
    if (recorded++ % CLEAN_EVERY == 0) {
      jdbc.sql("DELETE FROM api_call WHERE caller = ? AND called_at < ?")
          .params(caller, calledAt.minus(kept).toEpochMilli())
          .update();
    }
  }

  private static StateException unusable(SQLException e) {
    return new StateException(
        StateException.Reason.UNUSABLE, "the record of calls cannot be kept: " + e.getMessage(), e);
  }

  @Override
  public synchronized void close() {
    try {
      insert.close();
      connection.close();
    } catch (SQLException e) {
      throw unusable(e);
    }
  }
}
