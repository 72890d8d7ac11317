package io.github.smartleadbulk.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The advisory locks of PostgreSQL that the program uses. Each kind has a number of its own, so
 * locks of other programs in the same database do not meet them by chance.
 */
enum AdvisoryLock {
  /** Who upgrades the tables. */
  SCHEMA(0x534C4201),
  /** Who decides which session has which workspaces and runs. */
  CLAIMS(0x534C4202),
  /** A session that is connected; its number is that of the session. */
  SESSION(0x534C4203),
  /** Who brings in the outcomes of a run from its journal; its number is that of the run. */
  OUTCOMES(0x534C4204),
  /** Who takes permits of a caller; its number is a hash of the caller. */
  PERMITS(0x534C4205);

  private final int space;

  AdvisoryLock(int space) {
    this.space = space;
  }

  int space() {
    return space;
  }

  /** Waits for the lock, and holds it until the transaction ends. */
  void take(Connection connection, int number) throws SQLException {
    execute(connection, "SELECT pg_advisory_xact_lock(?, ?)", number);
  }

  /** Waits for the lock, and holds it until the connection ends. */
  void hold(Connection connection, int number) throws SQLException {
    execute(connection, "SELECT pg_advisory_lock(?, ?)", number);
  }

  private void execute(Connection connection, String sql, int number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, space);
      statement.setInt(2, number);
      try (ResultSet ignored = statement.executeQuery()) {
        // The function returns nothing.
        return;
      }
    }
  }

  /** A condition in SQL: somebody holds the lock with the number in an expression. */
  String isHeld(String number) {
    return "EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND"
        + " l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND"
        + " l.classid = "
        + Integer.toUnsignedString(space)
        + " AND l.objid = "
        + number
        + " AND l.objsubid = 2)";
  }
}
