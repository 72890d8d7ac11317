package io.github.smartleadbulk.state;

import io.github.smartleadbulk.state.StateException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The state folder: its database, its lock and the folders of the runs.
 *
 * <p>H2's lock on the database file is the lock of the folder: it belongs to one process at a time
 * and dies with it. Thread-safe.
 */
public final class StateStore implements AutoCloseable {

  /** How long somebody may look at the history before a run gives up. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final Path folder;
  private final Database database;
  private final boolean copied;

  /**
   * @param copied whether somebody else works in the folder, and we see how it was a moment ago
   */
  private StateStore(Path folder, Database database, boolean copied) {
    this.folder = folder;
    this.database = database;
    this.copied = copied;
  }

  /**
   * Opens the folder to work in it, makes it (with owner-only rights) where it is not there, and
   * brings its tables up to this version.
   *
   * @throws StateException if another process works in it or it cannot be used
   */
  public static StateStore open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (absolute.toString().indexOf(';') >= 0) {
      throw new StateException(
          Reason.UNUSABLE, "state folder " + absolute + ": a path with ';' cannot be used");
    }
    create(absolute);
    try {
      Database database = openPatiently(absolute);
      try {
        Holder.ofThisProcess().note(absolute);
        return new StateStore(absolute, database, false);
      } catch (IOException e) {
        database.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StateException(
          Reason.UNUSABLE, "state folder " + absolute + " cannot be written: " + e, e);
    }
  }

  /**
   * Opens the folder to look at it, also while a run is at work in it.
   *
   * @return empty where there is nothing to look at
   * @throws StateException if it cannot be used
   */
  public static Optional<StateStore> openToRead(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (!Database.existsIn(absolute)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new StateStore(absolute, Database.open(absolute), false));
    } catch (SQLException e) {
      if (!Database.isInUse(e)) {
        throw Database.unusable(absolute, e);
      }
      return Optional.of(new StateStore(absolute, Database.openCopy(absolute), true));
    }
  }

  /** Waits for somebody who only looks at the history, not for a run. */
  private static Database openPatiently(Path folder) {
    long giveUp = System.nanoTime() + LONGEST_LOOK.toNanos();
    while (true) {
      try {
        return Database.open(folder);
      } catch (SQLException e) {
        if (!Database.isInUse(e)) {
          throw Database.unusable(folder, e);
        }
        Optional<Holder> holder = Holder.findAlive(folder);
        if (holder.isPresent() || System.nanoTime() > giveUp) {
          throw new StateException(
              Reason.IN_USE,
              "state folder %s is in use by another run (%s)"
                  .formatted(folder, holder.map(Holder::toString).orElse("process unknown")),
              e);
        }
        pause(e);
      }
    }
  }

  private static void pause(SQLException cause) {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateException(Reason.IN_USE, "interrupted while waiting for the folder", cause);
    }
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

  public DataSource dataSource() {
    return database.pool();
  }

  public Runs runs() {
    return new Runs(dataSource());
  }

  public Outcomes outcomes() {
    return new Outcomes(dataSource());
  }

  public RowCounts rowCounts() {
    return new RowCounts(dataSource());
  }

  public Snapshots snapshots() {
    return new Snapshots(dataSource());
  }

  public DuplicateRows duplicateRows() {
    return new DuplicateRows(dataSource());
  }

  /** The folder of a run: its input, results and reports. */
  public Path runFolder(int run) {
    return folder.resolve("runs").resolve(Integer.toString(run));
  }

  /** The state folder itself. */
  public Path folder() {
    return folder;
  }

  /**
   * Whether a run is at work in the folder just now; one that is on record as running otherwise was
   * killed.
   */
  public boolean isAtWork() {
    return copied;
  }

  /** Closing will give the room of what was deleted back to the disk. */
  public void compactAtClose() {
    database.compactAtClose();
  }

  /** Closes the database; the folder is free for the next process. */
  @Override
  public void close() {
    if (!copied) {
      database.compactIfMostlyFree();
    }
    database.close();
  }
}
