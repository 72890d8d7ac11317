package io.github.smartleadbulk.state;

import io.github.smartleadbulk.state.StateException.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The way up from any older version of the tables to this one: numbered scripts, each applied once.
 * H2 commits every change of a table by itself: a kill in the middle of a script makes it run
 * again, so that all but the first have to bear that.
 */
final class Schema {

  /** The newest script {@code schema-N.sql} beside this class. */
  static final int VERSION = 7;

  private static final String VERSION_TABLE = "SCHEMA_VERSION";

  private Schema() {}

  /**
   * @throws StateException if the database is of a newer program
   */
  static void upgrade(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version > VERSION) {
        throw new StateException(
            Reason.UNUSABLE,
            "the state folder was written by a newer smartlead-bulk (schema "
                + version
                + ", this program knows up to "
                + VERSION
                + "): use that version, or another --state-dir");
      }
      if (version == 0) {
        // Killed while it made the tables, a first start leaves some of them, and nothing in them.
        statement.execute("DROP ALL OBJECTS");
        version(statement);
      }
      for (int next = version + 1; next <= VERSION; next++) {
        statement.execute(
            "RUNSCRIPT FROM 'classpath:io/github/smartleadbulk/state/schema-" + next + ".sql'");
        statement.execute("UPDATE schema_version SET version = " + next);
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    List<String> tables = tables(statement);
    if (!tables.isEmpty() && !tables.contains(VERSION_TABLE)) {
      throw new StateException(
          Reason.UNUSABLE,
          "the state folder holds a database of another program: use another --state-dir");
    }
    statement.execute(
        "CREATE TABLE IF NOT EXISTS schema_version (one INT PRIMARY KEY, version INT NOT NULL)");
    statement.execute(
        "INSERT INTO schema_version SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)");
    try (ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }
}
