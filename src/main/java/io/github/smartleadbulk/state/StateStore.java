package io.github.smartleadbulk.state;

import io.github.smartleadbulk.state.StateException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The state folder: its database, its lock and the folders of the runs.
 *
 * <p>H2's lock on the database file is the lock of the folder: it belongs to one process at a time
 * and dies with it. Thread-safe.
 */
public final class StateStore implements AutoCloseable {

  private static final String DATABASE = "state";

  /** Says who holds the folder; written when the database is there and as new as can be. */
  private static final String HOLDER = "holder";

  /** Step, journal, call record, progress: each may hold one, and one is to spare. */
  private static final int CONNECTIONS = 6;

  private final Path folder;
  private final JdbcConnectionPool pool;

  private StateStore(Path folder, JdbcConnectionPool pool) {
    this.folder = folder;
    this.pool = pool;
  }

  /**
   * Opens the folder, makes it (with owner-only rights) where it is not there, and brings its
   * tables up to this version.
   *
   * @throws StateException if another process holds it or it cannot be used
   */
  public static StateStore open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (absolute.toString().indexOf(';') >= 0) {
      throw new StateException(
          Reason.UNUSABLE, "state folder " + absolute + ": a path with ';' cannot be used");
    }
    create(absolute);
    DatabaseFile file = new DatabaseFile(absolute.resolve(DATABASE));
    boolean usedBefore = Files.exists(absolute.resolve(HOLDER));
    if (usedBefore && file.isDamaged()) {
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
            // DB_CLOSE_ON_EXIT: the database is closed by close() alone, when the job has ended.
            // TRACE_LEVEL_FILE: what goes wrong is told here and not in a file of its own.
            file.url()
                + ";TRACE_LEVEL_FILE=0;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1",
            "sa",
            "");
    pool.setMaxConnections(CONNECTIONS);
    StateStore store = new StateStore(absolute, pool);
    try {
      Schema.upgrade(pool);
      Files.writeString(
          absolute.resolve(HOLDER),
          "process %d, started at %s%n"
              .formatted(
                  ProcessHandle.current().pid(),
                  ProcessHandle.current().info().startInstant().orElse(Instant.now())));
      return store;
    } catch (SQLException e) {
      throw store.closed(unusable(absolute, e));
    } catch (IOException e) {
      throw store.closed(
          new StateException(Reason.UNUSABLE, "state folder " + absolute + ": " + e, e));
    } catch (StateException e) {
      throw store.closed(e);
    }
  }

  /** Lets go of what was opened before it failed. */
  private StateException closed(StateException failure) {
    try {
      close();
    } catch (StateException again) {
      failure.addSuppressed(again);
    }
    return failure;
  }

  private static void create(Path folder) {
    try {
      if (Files.isDirectory(folder)) {
        return;
      }
      Files.createDirectories(folder);
      PosixFileAttributeView view =
          Files.getFileAttributeView(folder, PosixFileAttributeView.class);
      if (view != null) {
        view.setPermissions(PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new StateException(
          Reason.UNUSABLE, "state folder " + folder + " cannot be made: " + e, e);
    }
  }

  private static StateException unusable(Path folder, SQLException e) {
    if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return new StateException(
          Reason.IN_USE,
          "state folder " + folder + " is in use by another run (" + holder(folder) + ")",
          e);
    }
    return new StateException(
        Reason.UNUSABLE,
        "the database " + folder.resolve(DATABASE) + ".mv.db cannot be used: " + e.getMessage(),
        e);
  }

  private static String holder(Path folder) {
    try {
      return Files.readString(folder.resolve(HOLDER)).strip();
    } catch (IOException e) {
      return "process unknown";
    }
  }

  public DataSource dataSource() {
    return pool;
  }

  public Runs runs() {
    return new Runs(pool);
  }

  public Outcomes outcomes() {
    return new Outcomes(pool);
  }

  public DuplicateRows duplicateRows() {
    return new DuplicateRows(pool);
  }

  /** The folder of a run: its input, results and reports. */
  public Path runFolder(int run) {
    return folder.resolve("runs").resolve(Integer.toString(run));
  }

  /** The state folder itself. */
  public Path folder() {
    return folder;
  }

  /** Compacts and closes the database; the folder is free for the next process. */
  @Override
  public void close() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      // A database that is closed already, by an error of its disk for instance, needs no closing.
      if (e.getErrorCode() != ErrorCode.DATABASE_IS_CLOSED) {
        throw unusable(folder, e);
      }
    } finally {
      pool.dispose();
    }
  }
}
