package io.github.smartleadbulk.state;

import io.github.smartleadbulk.state.StateException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 file, open. What becomes of the file by a kill is nobody's concern: it is a copy. */
final class Database implements AutoCloseable {

  /** Step, progress, look-ups: each may hold one, and some are to spare. */
  private static final int CONNECTIONS = 8;

  private static final long LARGE = 4L << 20;

  static {
    // H2 keeps the last 1,024 texts that it has read, of any length, so that equal ones are one.
    System.setProperty("h2.objectCache", "false");
  }

  /** Where a file of H2 tells about itself, and what it tells when it was closed in order. */
  private static final int HEADER_BYTES = 4_096;

  private static final String CLEAN = ",clean:1,";

  private final Path file;
  private final JdbcConnectionPool pool;

  /**
   * Shows whether H2 has closed the database by itself, which it does where memory or the disk
   * ends: the next connection opens what is left of it again, without a word.
   */
  private final Connection first;

  private String shutdown = "SHUTDOWN";
  private boolean closed;

  private Database(Path file, JdbcConnectionPool pool) throws SQLException {
    this.file = file;
    this.pool = pool;
    this.first = pool.getConnection();
  }

  /**
   * Opens a file and brings its tables up to this version.
   *
   * @param file without H2's ending
   */
  static Database open(Path file) {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            // MAX_COMPACT_TIME, AUTO_COMPACT_FILL_RATE: H2's way to tidy up inside a file fails its
            // own assertions now and then. SHUTDOWN COMPACT writes a new file instead.
            // TRACE_LEVEL_FILE: errors come as exceptions, a trace file would tell them again.
            // DB_CLOSE_ON_EXIT: the database is closed by close() alone, when the job has ended.
            "jdbc:h2:file:"
                + file
                + ";DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0;MAX_COMPACT_TIME=0;AUTO_COMPACT_FILL_RATE=0",
            "sa",
            "");
    pool.setMaxConnections(CONNECTIONS);
    try {
      Database database = new Database(file, pool);
      try {
        Schema.upgrade(pool);
        return database;
      } catch (SQLException | StateException e) {
        database.closeBecauseOf(e);
        throw e;
      }
    } catch (SQLException e) {
      throw new StateException(
          Reason.UNUSABLE,
          "the database of the state folder cannot be opened: " + e.getMessage(),
          e);
    }
  }

  /** Whether a failure to open a database means that nothing can be done with its file. */
  static boolean isDamage(StateException failure) {
    return failure.getCause() instanceof SQLException cause
        && cause.getErrorCode() == ErrorCode.FILE_CORRUPTED_1;
  }

  static StateException failed(String what, SQLException e) {
    return new StateException(
        DiskFailure.find(e).isPresent() ? Reason.DISK : Reason.UNUSABLE,
        what + ": " + e.getMessage(),
        e);
  }

  JdbcConnectionPool pool() {
    return pool;
  }

  void checkDisk() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    } catch (SQLException e) {
      throw failed("the database of the state folder cannot be written", e);
    }
  }

  /** Whether nobody uses it just now. */
  boolean isIdle() {
    return pool.getActiveConnections() == 1;
  }

  /**
   * Lets closing give back the room that is free in the file, where that is most of a large one.
   * Compacting a million outcomes takes about three seconds.
   */
  void compactIfMostlyFree() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet info =
            statement.executeQuery(
                "SELECT CAST(MAX(CASE WHEN SETTING_NAME = 'info.FILE_SIZE' THEN SETTING_VALUE END) AS"
                    + " BIGINT), CAST(MAX(CASE WHEN SETTING_NAME = 'info.FILL_RATE' THEN"
                    + " SETTING_VALUE END) AS BIGINT), CAST(MAX(CASE WHEN SETTING_NAME ="
                    + " 'info.CHUNKS_FILL_RATE' THEN SETTING_VALUE END) AS BIGINT) FROM"
                    + " INFORMATION_SCHEMA.SETTINGS")) {
      info.next();
      long size = info.getLong(1);
      long live = size * info.getLong(2) / 100 * info.getLong(3) / 100;
      if (size > LARGE && size > 3 * live) {
        compactAtClose();
      }
    } catch (SQLException e) {
      // A database that cannot even be asked is closed as it is; close() says why if it matters.
      shutdown = "SHUTDOWN";
    }
  }

  void compactAtClose() {
    shutdown = "SHUTDOWN COMPACT";
  }

  private void closeBecauseOf(Exception failure) {
    try {
      close();
    } catch (StateException again) {
      failure.addSuppressed(again);
    }
  }

  /** Lets go of the file, in which nobody will look again: whatever goes wrong now is no matter. */
  void abandon() {
    closed = true;
    try (first;
        Statement statement = first.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException | RuntimeException | Error e) {
      // As after a kill.
      closed = true;
    } finally {
      pool.dispose();
    }
  }

  /**
   * Closes the file in order.
   *
   * @throws StateException if it could not be: then the file is worth nothing
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (first;
        Statement statement = first.createStatement()) {
      statement.execute(shutdown);
    } catch (SQLException e) {
      throw failed("the database of the state folder cannot be closed", e);
    } finally {
      pool.dispose();
    }
    checkClean();
  }

  /** H2 does not tell when it has no room left for its last write, but notes when all went well. */
  private void checkClean() {
    try (InputStream in = Files.newInputStream(h2File())) {
      String header = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
      if (!header.contains(CLEAN)) {
        throw new StateException(
            Reason.DISK,
            "the database of the state folder was not closed in order: is the disk full? What is on record is safe; when there is room again, the same command goes on");
      }
    } catch (IOException e) {
      throw StateException.ofDisk("the database of the state folder cannot be read", e);
    }
  }

  private Path h2File() {
    return file.resolveSibling(file.getFileName() + ".mv.db");
  }
}
