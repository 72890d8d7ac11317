package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.journal.RecordSource;
import io.github.smartleadbulk.postgres.PartTable;
import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.store.FolderWait;
import io.github.smartleadbulk.store.StateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What outlives the process: runs, their journals and files, account lists, and the calls of keys.
 * It is in a folder, or in a PostgreSQL database for several machines. Thread-safe.
 */
public final class StateStore implements AutoCloseable {

  /** The name of the queue of runs that wait for a worker. */
  public static final String QUEUE = "run";

  private final StateBackend backend;
  private final Runs runs;
  private final JournalIndex index;

  private StateStore(StateBackend backend, JournalIndex index) {
    this.backend = backend;
    this.runs = new Runs(backend);
    this.index = index;
  }

  private static StateStore of(EmbeddedState state) {
    return new StateStore(state, state.index());
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
    return of(EmbeddedState.open(folder, wait));
  }

  /**
   * Opens the folder to read it, even while a run is in progress or without write access. The
   * reader sees the folder as it was when opened, and blocks no other process.
   *
   * @return empty if there is nothing to read
   * @throws StateException if the folder cannot be used
   */
  public static Optional<StateStore> openToRead(Path folder) {
    return EmbeddedState.openToRead(folder).map(StateStore::of);
  }

  /**
   * Opens a database to work in it, beside other processes. Upgrades the tables to this version.
   *
   * @param folder for copies of the files of runs; created with access for its owner only
   * @param wait what to do while another process works on the same workspaces
   * @throws StateException if the database cannot be used
   */
  public static StateStore open(PostgresAddress address, Path folder, FolderWait wait) {
    PostgresState state = PostgresState.open(address, folder, wait);
    return new StateStore(state, new JournalIndex(state));
  }

  /** Opens a database to read it. */
  public static StateStore openToRead(PostgresAddress address, Path folder) {
    PostgresState state = PostgresState.openToRead(address, folder);
    return new StateStore(state, new JournalIndex(state));
  }

  /** Notices for the user about the state. */
  public List<String> notices() {
    return backend.notices();
  }

  public DataSource dataSource() {
    return backend.dataSource();
  }

  /** How many connections the {@link #dataSource} has. */
  public int connections() {
    return backend.connections();
  }

  public Runs runs() {
    return runs;
  }

  public Outcomes outcomes() {
    return new Outcomes(backend.dataSource(), index);
  }

  public RowCounts rowCounts() {
    return new RowCounts(backend.dataSource(), index);
  }

  public Snapshots snapshots() {
    return new Snapshots(backend);
  }

  public DuplicateRows duplicateRows() {
    return new DuplicateRows(backend.dataSource());
  }

  /**
   * Sees to it that no other process works on the accounts of some workspaces, until this one
   * closes the state or ends.
   *
   * @throws StateException if another process does, and does not end while this one waits
   */
  public void claim(Collection<RunSpec.Workspace> workspaces) {
    backend.claim(workspaces);
  }

  /** Runs a task if this process must not work any more, because others may have taken over. */
  public void whenLost(Runnable task) {
    backend.whenLost(task);
  }

  /** Runs a task, perhaps several times, if somebody asks this process to stop a run. */
  public void whenAskedToStop(int run, Runnable task) {
    backend.whenAskedToStop(run, task);
  }

  /**
   * Asks the process that works on a run to stop it. It does within seconds.
   *
   * @return false if no process works on it
   * @throws UnsupportedOperationException if the state is in a folder
   */
  public boolean askToStop(int run) {
    return backend.askToStop(run);
  }

  /**
   * A run on record as running on which nobody works.
   *
   * @param session the process that had it last
   */
  public record CutOff(int run, int session) {}

  /** The runs whose end could not be recorded, because their process was killed or out of touch. */
  public Set<CutOff> cutOff() {
    return backend.cutOff();
  }

  /** Whether somebody has asked a run to stop since it was taken up last. */
  public boolean isAskedToStop(int run) {
    return backend.isAskedToStop(run);
  }

  /** Whether a run waits for a worker. */
  public boolean isQueued(int run) {
    return backend.isQueued(run);
  }

  /**
   * The parts of a run that processes send for the one that has it.
   *
   * @throws UnsupportedOperationException if the state is in a folder
   */
  public PartTable parts(int run) {
    return backend.parts(run);
  }

  /** The journal of a run of which this process sends a part. */
  public RunJournal joinJournal(int run) {
    return backend.journals().join(run);
  }

  /**
   * Passes on what any process has put on record of the rows of a run.
   *
   * @param from the position in the journal behind which to begin
   * @param calls takes the place of the workspace of each call that was about to be sent
   * @return the position behind the last record that was read
   */
  public long followRows(int run, long from, Consumer<RowOutcome> outcomes, IntConsumer calls) {
    try (RecordSource records = backend.journals().read(run, from)) {
      records.forEach(
          record -> {
            if (record.kind() == RunEventFormat.ROW_ENDED) {
              outcomes.accept(((RunEvent.RowEnded) RunEventFormat.read(record)).outcome());
            } else if (record.kind() == RunEventFormat.CALL_INTENDED) {
              calls.accept(((RunEvent.CallIntended) RunEventFormat.read(record)).workspace());
            }
          });
      return records.position();
    } catch (IOException e) {
      throw JournalIndex.unreadable(run, e);
    }
  }

  /** The journal of a run that this process works on. */
  public RunJournal journal(int run) {
    return backend.journals().open(run);
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
    try {
      return backend.journals().length(run).isPresent()
          ? Optional.of(TimelineReader.read(backend.journals(), run))
          : Optional.empty();
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
    return backend.calls(caller, kept, clock);
  }

  /** A number for a new run. No run has ever had it. */
  public int nextNumber() {
    try {
      return backend.nextNumber();
    } catch (IOException e) {
      throw StateException.ofDisk("the folders of the runs cannot be listed", e);
    }
  }

  /** The folder of a run on this machine: its input, results and reports. */
  public Path runFolder(int run) {
    return backend.runFolder(run);
  }

  /**
   * Puts the files in the folder of a run on record. Those that are not could be lost with this
   * machine.
   */
  public void saveFiles(int run) {
    backend.saveFiles(run);
  }

  /** The size of the state, in bytes. */
  public long size() {
    return backend.size();
  }

  /** The size of the files of a run, in bytes. */
  public long size(int run) {
    return backend.size(run);
  }

  static long sizeOf(Path tree) {
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

  /** What the user knows the state as: a folder, or host and database. */
  public String name() {
    return backend.name();
  }

  /** The folder of the state on this machine. */
  public Path folder() {
    return backend.folder();
  }

  /**
   * A folder on this machine for files that only this process uses, and nobody after it. It need
   * not exist.
   */
  public Path ownFolder() {
    return backend.ownFolder();
  }

  /** Whether a process works on a run now. If not, a run on record as running was killed. */
  public boolean isAtWork(int run) {
    return backend.isAtWork(run);
  }

  /** The time by the clock that all users of this state agree on. */
  public Instant now() {
    return backend.now();
  }

  /** Whether other machines use this state. */
  public boolean isShared() {
    return backend.isShared();
  }

  /** Deletes runs that have ended. */
  public void delete(Collection<Integer> ended) {
    if (ended.isEmpty()) {
      return;
    }
    backend.deleting(ended);
    for (int run : ended) {
      snapshots().deleteAll(run);
      runs.delete(run);
    }
  }

  /**
   * Saves the database in its present state, so that the work so far survives a kill. Does nothing
   * while the database is in use, or where every commit survives.
   */
  public void checkpoint() {
    backend.checkpoint();
  }

  /**
   * Checks that the database can be written.
   *
   * @throws StateException if the database cannot be written
   */
  public void checkDisk() {
    backend.checkDisk();
  }

  /** Closes the state and frees what this process has for the next one. */
  @Override
  public void close() {
    try {
      backend.close();
    } catch (IOException e) {
      throw StateException.ofDisk("the database of the state folder cannot be written", e);
    }
  }

  /**
   * Call after the database has failed. {@link #close} then leaves the state as it was, and the
   * next process brings it up to date with the journals.
   */
  public void distrustDatabase() {
    backend.distrust();
  }
}
