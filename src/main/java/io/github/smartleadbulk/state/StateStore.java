package io.github.smartleadbulk.state;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.state.StateException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The state folder: the journals of its runs, the database that is made from them, its lock, and
 * the folders of the runs. Thread-safe.
 *
 * <p>What is in a journal is on the disk and has happened. The database is worked on as a copy; the
 * copy takes the place of the {@linkplain DatabaseFile file} as a whole when the folder is closed
 * in order. Where it does not come to that, the next process finds the file of before, and has it
 * say what the journals say.
 */
public final class StateStore implements AutoCloseable {

  private final Path folder;
  private final @Nullable FolderLock lock;
  private final DatabaseFile file;
  private final RunJournals journals;
  private final DelegatingDataSource dataSource = new DelegatingDataSource();
  private final Runs runs;
  private final JournalIndex index;
  private final List<String> notices = new ArrayList<>();
  private final boolean othersAtWork;
  private @Nullable Path copy;
  private Database database;
  private volatile boolean isDistrusted;
  private final List<Integer> deleted = new ArrayList<>();

  /**
   * @param lock null for somebody who only looks
   * @param work the database, to be opened, without H2's ending
   */
  private StateStore(
      Path folder, @Nullable FolderLock lock, DatabaseFile file, Path work, boolean othersAtWork) {
    this.folder = folder;
    this.lock = lock;
    this.file = file;
    this.othersAtWork = othersAtWork;
    this.journals = new RunJournals(folder);
    this.database = Database.open(work);
    dataSource.setTargetDataSource(database.pool());
    this.runs = new Runs(dataSource, journals);
    this.index = new JournalIndex(dataSource, journals, runs);
  }

  /**
   * Opens the folder to work in it, makes it (with owner-only rights) where it is not there, and
   * brings its tables up to this version.
   *
   * @throws StateException if another process works in it or it cannot be used
   */
  public static StateStore open(Path folder) {
    return open(folder, FolderWait.NONE);
  }

  /**
   * Opens the folder like {@link #open(Path)}.
   *
   * @param wait for another process that works in it
   */
  public static StateStore open(Path folder, FolderWait wait) {
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
          Reason.UNUSABLE, "state folder " + absolute + ": a path with ';' cannot be used");
    }
    return absolute;
  }

  private static StateStore open(Path folder, FolderLock lock) throws IOException {
    DatabaseFile file = new DatabaseFile(folder);
    Takeover takeover = new Takeover(folder, new RunJournals(folder));
    boolean isOld = !file.exists() && takeover.isNeeded();
    boolean isGood = file.copyToWork();
    if (isOld) {
      takeover.copyTo(file.work());
    }
    Optional<Path> aside = isGood ? Optional.empty() : file.setAside();
    StateStore store;
    try {
      store = new StateStore(folder, lock, file, file.work(), false);
    } catch (StateException e) {
      if (isOld || !Database.isDamage(e)) {
        throw e;
      }
      isGood = false;
      aside = file.setAside();
      file.copyToWork();
      store = new StateStore(folder, lock, file, file.work(), false);
    }
    try {
      if (isOld) {
        takeover.writeJournals(store.dataSource, store.runs, store.index);
      }
      store.notices.addAll(store.index.takeOver(true));
      if (!isGood) {
        String what = aside.map(path -> "damaged, and is kept as " + path).orElse("missing");
        store.notices.add(
            "The database of the state folder was %s. It was made again from the journals of the runs."
                .formatted(what));
      }
      if (isOld) {
        store.publish();
        store.reopen();
      }
      if (takeover.isNeeded()) {
        // Left beside the new one, it could be taken for newer some day.
        store.notices.add(takeover.keepOld());
      }
      return store;
    } catch (IOException | RuntimeException | Error e) {
      store.abandon(e);
      throw e;
    }
  }

  /**
   * Opens the folder to look at it, also while a run is at work in it, or where nothing in it may
   * be written. Whoever looks sees how it was when he opened it, and is in nobody's way.
   *
   * @return empty where there is nothing to look at
   * @throws StateException if it cannot be used
   */
  public static Optional<StateStore> openToRead(Path folder) {
    Path absolute = checked(folder);
    DatabaseFile file = new DatabaseFile(absolute);
    RunJournals journals = new RunJournals(absolute);
    boolean isOld = new Takeover(absolute, journals).isNeeded();
    try {
      if (!Files.isDirectory(absolute)
          || (!file.exists() && !isOld && journals.numbers().isEmpty())) {
        return Optional.empty();
      }
      return Optional.of(isOld && !file.exists() ? open(absolute) : openCopy(absolute, file));
    } catch (IOException e) {
      throw StateException.ofDisk("state folder " + absolute + " cannot be read", e);
    }
  }

  private static StateStore openCopy(Path folder, DatabaseFile file) throws IOException {
    Path copy = Files.createTempDirectory("smartlead-bulk");
    try {
      boolean isGood = file.copyTo(copy.resolve("state"));
      StateStore store =
          new StateStore(folder, null, file, copy.resolve("state"), FolderLock.isTaken(folder));
      store.copy = copy;
      store.notices.addAll(store.index.takeOver(false));
      if (!isGood) {
        store.notices.add(
            "The database of the state folder is damaged or missing. This is what the journals of"
                + " the runs say; the next run makes it again.");
      }
      return store;
    } catch (IOException | RuntimeException | Error e) {
      delete(copy);
      throw e;
    }
  }

  /** What somebody should know about the folder, a sentence each. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public Runs runs() {
    return runs;
  }

  public Outcomes outcomes() {
    return new Outcomes(dataSource, index);
  }

  public RowCounts rowCounts() {
    return new RowCounts(dataSource, index);
  }

  public Snapshots snapshots() {
    return new Snapshots(dataSource, journals);
  }

  public DuplicateRows duplicateRows() {
    return new DuplicateRows(dataSource);
  }

  /** The journal of a run that this process works on. */
  public RunJournal journal(int run) {
    return journals.open(run);
  }

  /** What the journal of an unfinished run says. */
  public JournalledRun journalled(int run) {
    return index.unfinished(run);
  }

  /**
   * Opens the record of the calls of a key.
   *
   * @param caller see {@link CallLog#caller}
   * @param kept how long a call is of interest
   */
  public CallLog calls(String caller, Duration kept, Clock clock) {
    return new CallLog(dataSource, journals, caller, kept, clock);
  }

  /** The number for a new run. No run has had it. */
  public int nextNumber() {
    try {
      return index.nextNumber();
    } catch (IOException e) {
      throw StateException.ofDisk("the folders of the runs cannot be listed", e);
    }
  }

  /** The folder of a run: its input, results and reports. */
  public Path runFolder(int run) {
    return journals.runFolder(run);
  }

  /** What the folder takes on the disk, in bytes. */
  public long size() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(StateStore::size).sum();
    } catch (IOException | UncheckedIOException e) {
      throw StateException.ofDisk("the state folder cannot be listed", e);
    }
  }

  /** A run at work may just have replaced the file. */
  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
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
    return othersAtWork;
  }

  /** Forgets runs that have ended; their folders go when the database without them is in place. */
  public void delete(Collection<Integer> ended) {
    if (ended.isEmpty()) {
      return;
    }
    try {
      index.keepNextNumber();
    } catch (IOException e) {
      throw StateException.ofDisk("the folders of the runs cannot be listed", e);
    }
    for (int run : ended) {
      snapshots().delete(run);
      runs.delete(run);
    }
    deleted.addAll(ended);
    database.compactAtClose();
  }

  /**
   * Puts the database in its place as it is now, so that after a kill a process need not do again
   * what was done so far. Does nothing where somebody uses it.
   */
  public void checkpoint() {
    if (!database.isIdle()) {
      return;
    }
    try {
      index.end();
      publish();
      reopen();
    } catch (IOException e) {
      throw StateException.ofDisk("the database of the state folder cannot be written", e);
    }
  }

  /**
   * Checks that the database can be written.
   *
   * @throws StateException if it cannot be
   */
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
      throw new IOException("it is not as it was written a moment ago");
    }
    database = Database.open(file.work());
    dataSource.setTargetDataSource(database.pool());
  }

  /** Closes the database; the folder is free for the next process. */
  @Override
  public void close() {
    try (FolderLock held = lock) {
      if (held == null) {
        database.close();
        delete(Objects.requireNonNull(copy));
      } else {
        closeInOrder();
      }
    } catch (IOException e) {
      throw StateException.ofDisk("the database of the state folder cannot be written", e);
    }
  }

  /**
   * Something has failed in the database: closing throws the copy away, as a kill does. The file is
   * as it was before, and the next process has it say what the journals say.
   */
  public void distrustDatabase() {
    isDistrusted = true;
  }

  private void closeInOrder() throws IOException {
    try (journals) {
      if (isDistrusted) {
        database.abandon();
        file.deleteLeftOvers();
        return;
      }
      index.end();
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

  /** Lets go of everything after a failure. */
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
