package io.github.smartleadbulk.store;

import io.github.smartleadbulk.store.StateException.Reason;
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

/** An open H2 file. It is a copy, so a kill can do no harm. */
public final class Database implements AutoCloseable {

  /**
   * Whoever plans rows holds a connection to the accounts of the run, and another to those of the
   * plan that is applied: four threads that send and one that counts calls, all until the run ends.
   * The others are for the steps of workspaces, up to 64 at once, which can need two.
   */
  public static final int CONNECTIONS = 160;

  private static final long LARGE = 4L << 20;

  static {
    // By default, H2 caches the last 1,024 texts, however long they are.
    System.setProperty("h2.objectCache", "false");
  }

  /** H2 describes a file in its header. A mark there shows that the file was closed in order. */
  private static final int HEADER_BYTES = 4_096;

  private static final String CLEAN = ",clean:1,";

  private final Path file;
  private final JdbcConnectionPool pool;

  /**
   * Shows whether H2 has closed the database by itself, as it does when it runs out of memory or
   * disk space. A new connection would silently reopen what is left.
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
   * @param file the path without H2's ending
   */
  public static Database open(Path file) {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            // DB_CLOSE_ON_EXIT, DB_CLOSE_DELAY: only close() closes the database, after the job.
            // TRACE_LEVEL_FILE: errors arrive as exceptions; a trace file would repeat them.
            // MAX_COMPACT_TIME, AUTO_COMPACT_FILL_RATE: H2 sometimes fails its own assertions when
            // it compacts a file in place. SHUTDOWN COMPACT writes a new file instead.
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
          "the database of the state folder cannot be opened: " + StateException.words(e),
          e);
    }
  }

  /** Whether a database could not be opened because its file is unusable. */
  public static boolean isDamage(StateException failure) {
    return failure.getCause() instanceof SQLException cause
        && cause.getErrorCode() == ErrorCode.FILE_CORRUPTED_1;
  }

  public static StateException failed(String what, SQLException e) {
    return new StateException(
        DiskFailure.find(e).isPresent() ? Reason.DISK : Reason.UNUSABLE,
        what + ": " + StateException.words(e),
        e);
  }

  public JdbcConnectionPool pool() {
    return pool;
  }

  public void checkDisk() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    } catch (SQLException e) {
      throw failed("the database of the state folder cannot be written", e);
    }
  }

  /** Whether no connection is in use except the first one. */
  public boolean isIdle() {
    return pool.getActiveConnections() == 1;
  }

  /**
   * Makes {@link #close} compact a large file that is mostly free space. Compacting a million
   * outcomes takes about three seconds.
   */
  public void compactIfMostlyFree() {
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
      // The database does not even answer. Close it as it is; close() reports a problem that
      // matters.
      shutdown = "SHUTDOWN";
    }
  }

  public void compactAtClose() {
    shutdown = "SHUTDOWN COMPACT";
  }

  private void closeBecauseOf(Exception failure) {
    try {
      close();
    } catch (StateException again) {
      failure.addSuppressed(again);
    }
  }

  /** Closes the file without writing. Nobody will read it again, so failures do not matter. */
  public void abandon() {
    closed = true;
    try (first;
        Statement statement = first.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException | RuntimeException | Error e) {
      // The file is in the state of a kill, and nobody reads it.
      closed = true;
    } finally {
      pool.dispose();
    }
  }

  /**
   * Closes the file in order.
   *
   * @throws StateException if it cannot be closed; the file is then useless
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

  /** H2 does not report that its last write ran out of space, but it marks a complete file. */
  private void checkClean() {
    try (InputStream in = Files.newInputStream(DatabaseFile.file(file))) {
      String header = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
      if (!header.contains(CLEAN)) {
        throw new StateException(
            Reason.DISK,
            "the database of the state folder was not closed in order. Is the disk full? What is on record is safe. Free some space, then run the same command again to continue");
      }
    } catch (IOException e) {
      throw StateException.ofDisk("the database of the state folder cannot be read", e);
    }
  }
}
