package io.github.smartleadbulk.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Upgrades the tables from any older version with numbered scripts, each applied once. All of an
 * upgrade is one transaction, and only one process upgrades at a time.
 */
final class PostgresSchema {

  /** The newest script {@code schema-N.sql} beside this class. */
  static final int VERSION = 1;

  private PostgresSchema() {}

  /**
   * @throws NewerSchemaException if a newer version of the program wrote the database
   */
  static void upgrade(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      WorkSession.limitPauses(connection);
      AdvisoryLock.SCHEMA.take(connection, 0);
      int version = version(statement);
      if (version > VERSION) {
        throw new NewerSchemaException(
            "a newer version of smartlead-bulk wrote this database (schema %d; this version knows schemas up to %d). Use the newer version, or another database"
                .formatted(version, VERSION));
      }
      if (version == 0) {
        run(
            connection,
            "org/springframework/batch/core/schema-postgresql.sql",
            ScriptUtils.DEFAULT_STATEMENT_SEPARATOR);
      }
      for (int next = version + 1; next <= VERSION; next++) {
        // As a whole: the bodies of functions have semicolons.
        run(
            connection,
            "io/github/smartleadbulk/postgres/schema-" + next + ".sql",
            ScriptUtils.EOF_STATEMENT_SEPARATOR);
      }
      if (version < VERSION) {
        statement.execute("UPDATE schema_version SET version = " + VERSION);
      }
      connection.commit();
    } finally {
      connection.rollback();
    }
  }

  private static void run(Connection connection, String script, String separator) {
    ScriptUtils.executeSqlScript(
        connection,
        new EncodedResource(new ClassPathResource(script), StandardCharsets.UTF_8),
        false,
        false,
        ScriptUtils.DEFAULT_COMMENT_PREFIX,
        separator,
        ScriptUtils.DEFAULT_BLOCK_COMMENT_START_DELIMITER,
        ScriptUtils.DEFAULT_BLOCK_COMMENT_END_DELIMITER);
  }

  private static int version(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE IF NOT EXISTS schema_version (one INT PRIMARY KEY, version INT NOT NULL)");
    statement.execute(
        "INSERT INTO schema_version SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)");
    try (ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
      row.next();
      return row.getInt(1);
    }
  }
}
