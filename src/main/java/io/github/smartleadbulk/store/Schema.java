package io.github.smartleadbulk.store;

import io.github.smartleadbulk.store.StateException.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Upgrades the tables from any older version with numbered scripts, each applied once. H2 commits
 * every change of a table separately. After a kill in the middle of a script, the script runs
 * again, so every script but the first must be repeatable.
 */
public final class Schema {

  /** The newest script {@code schema-N.sql} beside this class. */
  public static final int VERSION = 8;

  private static final String VERSION_TABLE = "SCHEMA_VERSION";

  private Schema() {}

  /**
   * @throws StateException if a newer version of the program wrote the database
   */
  static void upgrade(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version > VERSION) {
        throw new StateException(
            Reason.UNUSABLE,
            "a newer version of smartlead-bulk wrote this state folder (schema "
                + version
                + "; this version knows schemas up to "
                + VERSION
                + "). Use the newer version, or choose another folder with --state-dir");
      }
      if (version == 0) {
        // If the first start was killed while it created the tables, some exist and are empty.
        statement.execute("DROP ALL OBJECTS");
        version(statement);
      }
      for (int next = version + 1; next <= VERSION; next++) {
        statement.execute(
            "RUNSCRIPT FROM 'classpath:io/github/smartleadbulk/store/schema-" + next + ".sql'");
        statement.execute("UPDATE schema_version SET version = " + next);
      }
    }
  }

  private static int version(Statement statement) throws SQLException {
    List<String> tables = tables(statement);
    if (!tables.isEmpty() && !tables.contains(VERSION_TABLE)) {
      throw new StateException(
          Reason.UNUSABLE,
          "the state folder holds the database of another program. Choose another folder with --state-dir");
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
