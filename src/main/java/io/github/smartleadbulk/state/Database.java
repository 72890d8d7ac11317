package io.github.smartleadbulk.state;

import io.github.smartleadbulk.state.StateException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** The H2 file of a state folder, open. */
final class Database implements AutoCloseable {

  private static final String NAME = "state";
  private static final String FILE = NAME + ".mv.db";

  /** Step, journal, call log, progress: each may hold one, and some are to spare. */
  private static final int CONNECTIONS = 8;

  /** What a row of the journal takes in a compact file, its indexes included, at the most. */
  private static final long BYTES_PER_OUTCOME = 100;

  private static final long LARGE = 64L << 20;

  /** A copy of a file that is being written may come out unreadable; another one will not. */
  private static final int COPIES = 5;

  private final DatabaseFile file;
  private final JdbcConnectionPool pool;
  private final @Nullable Path copy;
  private String shutdown = "SHUTDOWN";

  private Database(DatabaseFile file, JdbcConnectionPool pool, @Nullable Path copy) {
    this.file = file;
    this.pool = pool;
    this.copy = copy;
  }

  static boolean existsIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Opens the file, or makes it, and brings its tables up to this version. */
  static Database open(Path folder) throws SQLException {
    return open(folder, null);
  }

  private static Database open(Path folder, @Nullable Path copy) throws SQLException {
    DatabaseFile file = new DatabaseFile(folder.resolve(NAME));
    if (Holder.isNoted(folder) && file.isDamaged()) {
      throw new StateException(
          Reason.UNUSABLE,
          "the database "
              + file.path()
              + " is damaged, nothing in it can be read: put a copy of it in its place, or use"
              + " another --state-dir");
    }
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(
            // WRITE_DELAY: by default H2 may lose the commits of the last half second in a crash.
            // REUSE_SPACE: in a file that writes into room that has become free, H2 may not find
            // the
            // last twenty commits after a kill. So it only grows, until it is closed.
            // TRACE_LEVEL_FILE: errors come as exceptions, a trace file would tell them again.
            // DB_CLOSE_ON_EXIT: the database is closed by close() alone, when the job has ended.
            file.url()
                + ";WRITE_DELAY=0;REUSE_SPACE=FALSE;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0",
            "sa",
            "");
    pool.setMaxConnections(CONNECTIONS);
    Database database = new Database(file, pool, copy);
    try {
      Schema.upgrade(pool);
      return database;
    } catch (SQLException | StateException e) {
      database.closeBecauseOf(e);
      throw e;
    }
  }

  /**
   * Opens a copy of a file that another process is writing: what it had committed a moment ago. H2
   * only adds to the file, so a copy is like the file after a crash, which H2 reads.
   */
  static Database openCopy(Path folder) {
    SQLException unreadable = null;
    for (int i = 0; i < COPIES; i++) {
      try {
        Path copy = Files.createTempDirectory("smartlead-bulk");
        Files.copy(folder.resolve(FILE), copy.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        try {
          return open(copy, copy);
        } catch (SQLException e) {
          unreadable = e;
          delete(copy);
        }
      } catch (IOException e) {
        throw new StateException(
            Reason.UNUSABLE, "a run is at work and its state cannot be copied: " + e, e);
      }
    }
    throw new StateException(
        Reason.UNUSABLE,
        "a run is at work and its state cannot be read: " + unreadable,
        unreadable);
  }

  private static void delete(Path copy) throws IOException {
    Files.deleteIfExists(copy.resolve(FILE));
    Files.delete(copy);
  }

  static boolean isInUse(SQLException e) {
    return e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
  }

  static StateException unusable(Path folder, SQLException e) {
    return new StateException(
        Reason.UNUSABLE,
        "the database " + folder.resolve(FILE) + " cannot be used: " + e.getMessage(),
        e);
  }

  JdbcConnectionPool pool() {
    return pool;
  }

  /**
   * Lets closing give back the room that quick commits have left behind, where it is most of a
   * large file: such a file takes seconds to open. Compacting a million outcomes takes about three.
   */
  void compactIfMostlyFree() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM outcome")) {
      count.next();
      long used = count.getLong(1) * BYTES_PER_OUTCOME;
      long size = Files.size(file.path());
      if (size > LARGE && size > 3 * used) {
        compactAtClose();
      }
    } catch (SQLException | IOException e) {
      // A database that cannot even count is closed as it is; close() says why if it matters.
      shutdown = "SHUTDOWN";
    }
  }

  void compactAtClose() {
    shutdown = "SHUTDOWN COMPACT";
  }

  private void closeBecauseOf(Exception failure) {
    if (failure instanceof SQLException e && isInUse(e)) {
      // It was never ours.
      pool.dispose();
      return;
    }
    try {
      close();
    } catch (StateException again) {
      failure.addSuppressed(again);
    }
  }

  @Override
  public void close() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(shutdown);
    } catch (SQLException e) {
      // A database that is closed already, by an error of its disk for instance, needs no closing.
      if (e.getErrorCode() != ErrorCode.DATABASE_IS_CLOSED) {
        throw new StateException(
            Reason.UNUSABLE, "the database cannot be closed: " + e.getMessage(), e);
      }
    } finally {
      pool.dispose();
    }
    if (copy != null) {
      try {
        delete(copy);
      } catch (IOException e) {
        throw new StateException(Reason.UNUSABLE, copy + " cannot be deleted: " + e, e);
      }
    }
  }
}
