package io.github.smartleadbulk.state;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.postgres.PartTable;
import io.github.smartleadbulk.store.Database;
import io.github.smartleadbulk.store.DatabaseFile;
import io.github.smartleadbulk.store.FolderLock;
import io.github.smartleadbulk.store.FolderWait;
import io.github.smartleadbulk.store.ReadOnlyFolder;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The state folder: its lock, the run folders with their journals, and the embedded database built
 * from the journals.
 *
 * <p>What a journal records is on the disk and has happened. The program works on a copy of the
 * database. When the folder is closed in order, the copy replaces the {@linkplain DatabaseFile
 * file} as a whole. Otherwise, the next process finds the previous file and brings it up to date
 * with the journals.
 */
final class EmbeddedState implements StateBackend {

  private final Path folder;
  private final @Nullable FolderLock lock;
  private final DatabaseFile file;
  private final FolderJournals journals;
  private final DelegatingDataSource dataSource = new DelegatingDataSource();
  private final List<String> notices = new ArrayList<>();
  private final boolean othersAtWork;
  private final List<Integer> deleted = new ArrayList<>();
  private final JournalRecovery recovery;
  private final Runs runs;
  private final JournalIndex index;
  private @Nullable Path copy;
  private Database database;
  private volatile boolean isDistrusted;

  /**
   * @param lock null for a reader
   * @param work the database to open, without H2's ending
   */
  private EmbeddedState(
      Path folder, @Nullable FolderLock lock, DatabaseFile file, Path work, boolean othersAtWork) {
    this.folder = folder;
    this.lock = lock;
    this.file = file;
    this.othersAtWork = othersAtWork;
    this.journals = new FolderJournals(folder);
    this.database = Database.open(work);
    dataSource.setTargetDataSource(database.pool());
    this.runs = new Runs(this);
    this.index = new JournalIndex(this);
    this.recovery = new JournalRecovery(dataSource, journals, runs, index, new Snapshots(this));
  }

  /** See {@link StateStore#open(Path, FolderWait)}. */
  static EmbeddedState open(Path folder, FolderWait wait) {
    Path absolute = checked(folder);
    try {
      PrivateFiles.createFolder(absolute);
    } catch (IOException e) {
      throw ReadOnlyFolder.find(absolute, e)
          .orElseGet(
              () -> StateException.ofDisk("state folder " + absolute + " cannot be created", e));
    }
    try {
      FolderLock lock = FolderLock.take(absolute, wait);
      try {
        wait.ended();
        return open(absolute, lock);
      } catch (IOException | RuntimeException | Error e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw ReadOnlyFolder.find(absolute, e)
          .orElseGet(
              () -> StateException.ofDisk("state folder " + absolute + " cannot be used", e));
    }
  }

  private static Path checked(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    if (absolute.toString().indexOf(';') >= 0) {
      throw new StateException(
          Reason.UNUSABLE, "state folder " + absolute + ": the path must not contain ';'");
    }
    return absolute;
  }

  private static EmbeddedState open(Path folder, FolderLock lock) throws IOException {
    DatabaseFile file = new DatabaseFile(folder);
    Takeover takeover = new Takeover(folder, new FolderJournals(folder));
    boolean isOld = !file.exists() && takeover.isNeeded();
    boolean isGood = file.copyToWork();
    if (isOld) {
      takeover.copyTo(file.work());
    }
    Optional<Path> aside = isGood ? Optional.empty() : file.setAside();
    EmbeddedState state;
    try {
      state = new EmbeddedState(folder, lock, file, file.work(), false);
    } catch (StateException e) {
      if (isOld || !Database.isDamage(e)) {
        throw e;
      }
      isGood = false;
      aside = file.setAside();
      file.copyToWork();
      state = new EmbeddedState(folder, lock, file, file.work(), false);
    }
    try {
      if (isOld) {
        takeover.writeJournals(state.dataSource, state.runs, state.index, state.recovery);
      }
      state.notices.addAll(state.recovery.takeOver(true));
      if (!isGood) {
        String what =
            aside.map(path -> "damaged; the damaged file is kept as " + path).orElse("missing");
        state.notices.add(
            "The database of the state folder was %s. It has been rebuilt from the journals of the runs."
                .formatted(what));
      }
      if (isOld) {
        state.publish();
        state.reopen();
      }
      if (takeover.isNeeded()) {
        // Beside the new database, the old one could be mistaken for the newer one some day.
        state.notices.add(takeover.keepOld());
      }
      return state;
    } catch (IOException | RuntimeException | Error e) {
      state.abandon(e);
      throw e;
    }
  }

  /** See {@link StateStore#openToRead(Path)}. */
  static Optional<EmbeddedState> openToRead(Path folder) {
    Path absolute = checked(folder);
    DatabaseFile file = new DatabaseFile(absolute);
    FolderJournals journals = new FolderJournals(absolute);
    boolean isOld = new Takeover(absolute, journals).isNeeded();
    try {
      if (!Files.isDirectory(absolute)
          || (!file.exists() && !isOld && journals.numbers().isEmpty())) {
        return Optional.empty();
      }
      return Optional.of(
          isOld && !file.exists() ? open(absolute, FolderWait.NONE) : openCopy(absolute, file));
    } catch (IOException e) {
      throw StateException.ofDisk("state folder " + absolute + " cannot be read", e);
    }
  }

  private static EmbeddedState openCopy(Path folder, DatabaseFile file) throws IOException {
    Path copy = Files.createTempDirectory("smartlead-bulk");
    try {
      boolean isGood = file.copyTo(copy.resolve("state"));
      EmbeddedState state =
          new EmbeddedState(folder, null, file, copy.resolve("state"), FolderLock.isTaken(folder));
      state.copy = copy;
      state.notices.addAll(state.recovery.takeOver(false));
      if (!isGood) {
        state.notices.add(
            "The database of the state folder is damaged or missing. What you see comes from the journals of the runs. The next run rebuilds the database.");
      }
      return state;
    } catch (IOException | RuntimeException | Error e) {
      delete(copy);
      throw e;
    }
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public int connections() {
    return Database.CONNECTIONS;
  }

  @Override
  public RunJournals journals() {
    return journals;
  }

  /** What this process has read of unfinished runs while it opened the folder. */
  JournalIndex index() {
    return index;
  }

  @Override
  public List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public Path folder() {
    return folder;
  }

  /** One process at a time uses the folder. */
  @Override
  public Path ownFolder() {
    return folder;
  }

  @Override
  public Path runFolder(int run) {
    return journals.runFolder(run);
  }

  /** The files are on record where they are. */
  @Override
  public void saveFiles(int run) {}

  @Override
  public int nextNumber() throws IOException {
    return recovery.nextNumber();
  }

  @Override
  public boolean isAtWork(int run) {
    return othersAtWork;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  /** The folder as a whole is locked. */
  @Override
  public void claim(Collection<RunSpec.Workspace> workspaces) {}

  /** A lock of the operating system is not lost. */
  @Override
  public void whenLost(Runnable task) {}

  /** Only a signal can stop the process. */
  @Override
  public void whenAskedToStop(int run, Runnable task) {}

  @Override
  public boolean askToStop(int run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PartTable parts(int run) {
    throw new UnsupportedOperationException();
  }

  /** There are no workers. */
  @Override
  public Set<StateStore.CutOff> cutOff() {
    return Set.of();
  }

  /** Nobody can ask. */
  @Override
  public boolean isAskedToStop(int run) {
    return false;
  }

  /** There are no workers. */
  @Override
  public boolean isQueued(int run) {
    return false;
  }

  @Override
  public CallLog calls(String caller, Duration kept, Clock clock) {
    return new FolderCallLog(dataSource, journals, caller, kept, clock);
  }

  /** The folder as a whole is locked, and a reader has a copy of its own. */
  @Override
  public void lockOutcomes(Connection connection, int run) {}

  @Override
  public void deleteRows(JdbcClient jdbc, String which, String length, Object... parameters) {
    Portions.delete(jdbc, which, length, parameters);
  }

  /** The folders of the runs are deleted after the database without them is in place. */
  @Override
  public void deleting(Collection<Integer> ended) {
    try {
      recovery.keepNextNumber();
    } catch (IOException e) {
      throw StateException.ofDisk("the folders of the runs cannot be listed", e);
    }
    deleted.addAll(ended);
    database.compactAtClose();
  }

  @Override
  public void checkpoint() {
    if (!database.isIdle()) {
      return;
    }
    try {
      recovery.end();
      publish();
      reopen();
    } catch (IOException e) {
      throw StateException.ofDisk("the database of the state folder cannot be written", e);
    }
  }

  @Override
  public void checkDisk() {
    database.checkDisk();
  }

  private void publish() throws IOException {
    database.compactIfMostlyFree();
    database.close();
    file.publish();
    journals.deleteWhatIsPublished();
  }

  private void reopen() throws IOException {
    if (!file.copyToWork()) {
      throw new IOException("its content has changed since it was written a moment ago");
    }
    database = Database.open(file.work());
    dataSource.setTargetDataSource(database.pool());
  }

  @Override
  public long size() {
    return StateStore.sizeOf(folder);
  }

  @Override
  public long size(int run) {
    Path of = runFolder(run);
    return Files.exists(of) ? StateStore.sizeOf(of) : 0;
  }

  /** Closes the database and frees the folder for the next process. */
  @Override
  public void close() throws IOException {
    try (FolderLock held = lock) {
      if (held == null) {
        database.close();
        delete(Objects.requireNonNull(copy));
      } else {
        closeInOrder();
      }
    }
  }

  /**
   * The copy is discarded at the end, and the file stays as it was. The next process brings it up
   * to date with the journals.
   */
  @Override
  public void distrust() {
    isDistrusted = true;
  }

  private void closeInOrder() throws IOException {
    try (journals) {
      if (isDistrusted) {
        database.abandon();
        file.deleteLeftOvers();
        return;
      }
      recovery.end();
      publish();
      if (!deleted.isEmpty()) {
        journals.deleteFolders(deleted);
      }
    }
  }

  private static void delete(Path copy) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(copy)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(copy);
  }

  /** Closes everything after a failure. */
  private void abandon(Throwable failure) {
    try {
      database.close();
    } catch (StateException e) {
      failure.addSuppressed(e);
    }
    try {
      journals.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
