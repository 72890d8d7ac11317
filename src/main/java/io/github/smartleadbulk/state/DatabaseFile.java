package io.github.smartleadbulk.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.ErrorCode;

/** The file in which H2 keeps a database. */
final class DatabaseFile {

  private final Path name;

  /**
   * @param name without H2's ending
   */
  DatabaseFile(Path name) {
    this.name = name;
  }

  Path path() {
    return name.resolveSibling(name.getFileName() + ".mv.db");
  }

  String url() {
    return "jdbc:h2:file:" + name;
  }

  /**
   * Whether nothing of ours can be read from the file. H2 takes one without a single readable part
   * for a new one and writes over it, so this is asked without the right to write. A file that is
   * damaged in another way, or is in use, H2 refuses by itself.
   */
  boolean isDamaged() {
    if (!Files.exists(path())) {
      return false;
    }
    try (Connection connection =
            DriverManager.getConnection(
                url() + ";TRACE_LEVEL_FILE=0;ACCESS_MODE_DATA=r", "sa", "");
        Statement statement = connection.createStatement()) {
      boolean damaged = !Schema.isThere(statement);
      // The database itself keeps that it stays open when nobody uses it.
      statement.execute("SHUTDOWN IMMEDIATELY");
      return damaged;
    } catch (SQLException e) {
      return e.getErrorCode() == ErrorCode.DATABASE_IS_READ_ONLY;
    }
  }
}
