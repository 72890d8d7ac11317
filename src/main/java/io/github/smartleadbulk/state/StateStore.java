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
 * The state folder: its lock, the run folders with their journals, and the database built from the
 * journals. Thread-safe.
 *
 * <p>What a journal records is on the disk and has happened. The program works on a copy of the
 * database. When the folder is closed in order, the copy replaces the {@linkplain DatabaseFile
 * file} as a whole. Otherwise, the next process finds the previous file and brings it up to date
 * with the journals.
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
   * @param lock null for a reader
   * @param work the database to open, without H2's ending
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
   * Opens the folder to work in it. If the folder is missing, this creates it with access for its
   * owner only. Upgrades the tables to this version.
   *
   * @throws StateException if another process is using the folder, or the folder cannot be used
   */
  public static StateStore open(Path folder) {
    return open(folder, FolderWait.NONE);
  }

  /**
   * Opens the folder like {@link #open(Path)}.
   *
   * @param wait what to do while another process is using the folder
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
          Reason.UNUSABLE, "state folder " + absolute + ": the path must not contain ';'");
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
        String what =
            aside.map(path -> "damaged; the damaged file is kept as " + path).orElse("missing");
        store.notices.add(
            "The database of the state folder was %s. It has been rebuilt from the journals of the runs."
                .formatted(what));
      }
      if (isOld) {
        store.publish();
        store.reopen();
      }
      if (takeover.isNeeded()) {
        // Beside the new database, the old one could be mistaken for the newer one some day.
        store.notices.add(takeover.keepOld());
      }
      return store;
    } catch (IOException | RuntimeException | Error e) {
      store.abandon(e);
      throw e;
    }
  }

  /**
   * Opens the folder to read it, even while a run is in progress or without write access. The
   * reader sees the folder as it was when opened, and blocks no other process.
   *
   * @return empty if there is nothing to read
   * @throws StateException if the folder cannot be used
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
            "The database of the state folder is damaged or missing. What you see comes from the journals of the runs. The next run rebuilds the database.");
      }
      return store;
    } catch (IOException | RuntimeException | Error e) {
      delete(copy);
      throw e;
    }
  }

  /** Notices for the user about the folder. */
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
   * The calls of a run over time, as far as they are on record now.
   *
   * @return empty if the run has no journal
   */
  public Optional<RunTimeline> timeline(int run) {
    Path journal = journals.journal(run);
    try {
      return Files.exists(journal) ? Optional.of(TimelineReader.read(journal)) : Optional.empty();
    } catch (IOException e) {
      throw JournalIndex.unreadable(run, e);
    }
  }

  /**
   * Opens the record of the calls of a key.
   *
   * @param caller see {@link CallLog#caller}
   * @param kept how long a call counts
   */
  public CallLog calls(String caller, Duration kept, Clock clock) {
    return new CallLog(dataSource, journals, caller, kept, clock);
  }

  /** A number for a new run. No run has ever had it. */
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

  /** The size of the folder on the disk, in bytes. */
  public long size() {
    return sizeOf(folder);
  }

  /** The size of the folder of a run on the disk, in bytes. */
  public long size(int run) {
    Path of = runFolder(run);
    return Files.exists(of) ? sizeOf(of) : 0;
  }

  private static long sizeOf(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.mapToLong(StateStore::size).sum();
    } catch (IOException | UncheckedIOException e) {
      throw StateException.ofDisk("the state folder cannot be listed", e);
    }
  }

  /** A run in progress may just have replaced the file. */
  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  public Path folder() {
    return folder;
  }

  /** Whether a run is in progress in the folder. If not, a run on record as running was killed. */
  public boolean isAtWork() {
    return othersAtWork;
  }

  /**
   * Deletes runs that have ended. Their folders are deleted after the database without them is in
   * place.
   */
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
      snapshots().deleteAll(run);
      runs.delete(run);
    }
    deleted.addAll(ended);
    database.compactAtClose();
  }

  /**
   * Saves the database in its present state, so that the work so far survives a kill. Does nothing
   * while the database is in use.
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
   * @throws StateException if the database cannot be written
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
      throw new IOException("its content has changed since it was written a moment ago");
    }
    database = Database.open(file.work());
    dataSource.setTargetDataSource(database.pool());
  }

  /** Closes the database and frees the folder for the next process. */
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
   * Call after the database has failed. {@link #close} then discards the copy, and the file stays
   * as it was. The next process brings it up to date with the journals.
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
