package io.github.smartleadbulk.state;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.postgres.NewerSchemaException;
import io.github.smartleadbulk.postgres.PartTable;
import io.github.smartleadbulk.postgres.PermitDesk;
import io.github.smartleadbulk.postgres.PermitTable;
import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.postgres.PostgresDatabase;
import io.github.smartleadbulk.postgres.ServerFailure;
import io.github.smartleadbulk.postgres.StoredFiles;
import io.github.smartleadbulk.postgres.WorkSession;
import io.github.smartleadbulk.store.FolderWait;
import io.github.smartleadbulk.store.StateException;
import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The state in a PostgreSQL database that several machines share. Every commit is on record, so
 * there is nothing to bring up to date but the totals of runs whose process was killed. A folder on
 * this machine has copies of the files of runs.
 */
final class PostgresState implements StateBackend {

  private static final int CONNECTIONS = 40;

  /** How the folders of processes are named, before the number of the session. */
  private static final String OWN = "session-";

  private final PostgresDatabase database;
  private final @Nullable WorkSession session;
  private final Path folder;
  private final FolderWait wait;
  private final TableJournals journals;
  private final StoredFiles files;
  private final Set<Integer> fetched = ConcurrentHashMap.newKeySet();
  private final Set<Integer> atWork;
  private final Set<Integer> queued;
  private final @Nullable PermitDesk permits;

  /**
   * @param session null for a reader
   */
  private PostgresState(
      PostgresDatabase database, @Nullable WorkSession session, Path folder, FolderWait wait)
      throws SQLException {
    this.database = database;
    this.session = session;
    this.folder = folder;
    this.wait = wait;
    this.journals = new TableJournals(database.pool(), session);
    this.files = new StoredFiles(database.pool());
    this.permits =
        session == null ? null : new PermitDesk(new PermitTable(database.pool(), session));
    this.atWork = WorkSession.runsAtWork(database.pool());
    this.queued =
        Set.copyOf(
            JdbcClient.create(database.pool())
                .sql("SELECT CAST(task_instance AS INT) FROM scheduled_tasks WHERE task_name = ?")
                .param(StateStore.QUEUE)
                .query(Integer.class)
                .list());
    if (session != null) {
      deleteOwnFolders();
    }
  }

  /** See {@link StateStore#open(PostgresAddress, Path, FolderWait)}. */
  static PostgresState open(PostgresAddress address, Path folder, FolderWait wait) {
    return open(address, folder, wait, true);
  }

  /** See {@link StateStore#openToRead(PostgresAddress, Path)}. */
  static PostgresState openToRead(PostgresAddress address, Path folder) {
    return open(address, folder, FolderWait.NONE, false);
  }

  private static PostgresState open(
      PostgresAddress address, Path folder, FolderWait wait, boolean toWork) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      PrivateFiles.createFolder(absolute);
      PostgresDatabase database = PostgresDatabase.open(address, CONNECTIONS);
      try {
        return new PostgresState(database, toWork ? database.begin() : null, absolute, wait);
      } catch (SQLException | RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (NewerSchemaException e) {
      throw new StateException(Reason.UNUSABLE, String.valueOf(e.getMessage()), e);
    } catch (SQLException e) {
      throw failed("the database %s cannot be opened".formatted(address), e);
    } catch (IOException e) {
      throw StateException.ofDisk("the folder %s cannot be created".formatted(absolute), e);
    }
  }

  private static StateException failed(String what, SQLException e) {
    return new StateException(
        ServerFailure.find(e).isPresent() ? Reason.DISK : Reason.UNUSABLE,
        what + ": " + ServerFailure.words(e),
        e);
  }

  @Override
  public DataSource dataSource() {
    return database.pool();
  }

  @Override
  public int connections() {
    return CONNECTIONS;
  }

  @Override
  public RunJournals journals() {
    return journals;
  }

  @Override
  public List<String> notices() {
    return List.of();
  }

  @Override
  public String name() {
    return database.name();
  }

  @Override
  public Path folder() {
    return folder;
  }

  /**
   * Several processes of this machine can use the folder. A session's number is not given twice.
   */
  @Override
  public Path ownFolder() {
    return folder.resolve(OWN + Objects.requireNonNull(session).id());
  }

  /** Those of processes that were killed are left over. */
  private void deleteOwnFolders() throws SQLException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, OWN + "*")) {
      Set<Integer> present = WorkSession.present(database.pool());
      for (Path own : found) {
        String number = own.getFileName().toString().substring(OWN.length());
        if (number.matches("\\d{1,9}") && !present.contains(Integer.valueOf(number))) {
          deleteTree(own);
        }
      }
    } catch (IOException e) {
      throw StateException.ofDisk("the folder " + folder + " cannot be listed", e);
    }
  }

  private Path localFolder(int run) {
    return folder.resolve("runs").resolve(Integer.toString(run));
  }

  @Override
  public Path runFolder(int run) {
    Path local = localFolder(run);
    if (fetched.add(run)) {
      try {
        // While another process on this machine works on the run, its files here are newer.
        if (WorkSession.runsAtWork(database.pool()).contains(run)) {
          files.fetchMissing(run, local);
        } else {
          files.fetch(run, local);
        }
      } catch (SQLException e) {
        throw failed("the files of run " + run + " cannot be read", e);
      } catch (IOException e) {
        throw StateException.ofDisk("the files of run " + run + " cannot be read", e);
      }
    }
    return local;
  }

  @Override
  public void saveFiles(int run) {
    try {
      files.save(Objects.requireNonNull(session).id(), run, localFolder(run));
    } catch (IOException e) {
      throw StateException.ofDisk("the files of run " + run + " cannot be saved", e);
    }
  }

  @Override
  public int nextNumber() {
    int number =
        JdbcClient.create(dataSource())
            .sql("SELECT nextval('run_number')")
            .query(Integer.class)
            .single();
    // There is nothing on record, and files of another database could be here.
    fetched.add(number);
    deleteLocalFolder(number);
    return number;
  }

  @Override
  public boolean isAtWork(int run) {
    return atWork.contains(run);
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public Instant now() {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    } catch (SQLException e) {
      throw failed("the time of the database is not known", e);
    }
  }

  /** Runs against the embedded sandbox change the accounts of their own process. */
  @Override
  public void claim(Collection<RunSpec.Workspace> workspaces) {
    List<WorkSession.Workspace> wanted =
        workspaces.stream()
            .filter(workspace -> !workspace.target().equals(RunSpec.SANDBOX))
            .map(workspace -> new WorkSession.Workspace(workspace.target(), workspace.keyHash()))
            .distinct()
            .toList();
    try {
      Optional<WorkSession.Conflict> conflict = tryClaim(wanted);
      while (conflict.isPresent()) {
        String inUse =
            "%s in use by another run (%s)"
                .formatted(
                    workspaces.size() == 1
                        ? "the workspace " + workspaces.iterator().next().name() + " is"
                        : "a workspace of this run is",
                    conflict.get());
        if (!wait.pause(inUse)) {
          throw new StateException(Reason.IN_USE, inUse);
        }
        conflict = tryClaim(wanted);
      }
      wait.ended();
      // Whoever had the workspaces until now may have changed the files of their runs.
      fetched.clear();
      recoverKilled();
    } catch (SQLException e) {
      throw failed("the workspaces cannot be locked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateException(Reason.IN_USE, "interrupted while waiting for a workspace", e);
    }
  }

  private Optional<WorkSession.Conflict> tryClaim(List<WorkSession.Workspace> wanted)
      throws SQLException {
    return Objects.requireNonNull(session).claim(wanted);
  }

  /**
   * Brings the totals of runs up to date whose process was killed. A run with which somebody has
   * gone on meanwhile is left to them.
   */
  private void recoverKilled() throws SQLException {
    Runs runs = new Runs(this);
    for (int run : runs.running()) {
      if (!isBehind(run)) {
        continue;
      }
      // Reading takes long for a large run, so others can claim meanwhile.
      JournalledRun journalled = readJournal(run);
      Objects.requireNonNull(session)
          .whileNobodyClaims(
              () -> {
                if (!WorkSession.runsAtWork(database.pool()).contains(run)
                    && isBehind(run)
                    && lengthOfJournal(run) == journalled.length()) {
                  recover(runs, journalled);
                }
              });
    }
  }

  /** Whether the journal of a run has records that were not read for its totals. */
  private boolean isBehind(int run) {
    return JdbcClient.create(dataSource())
        .sql("SELECT 1 FROM journal WHERE run = ? AND recovered < length")
        .param(run)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private long lengthOfJournal(int run) {
    try {
      return journals.length(run).orElse(0L);
    } catch (IOException e) {
      throw JournalIndex.unreadable(run, e);
    }
  }

  private JournalledRun readJournal(int run) {
    try {
      return journals.journalled(run, 0);
    } catch (IOException e) {
      throw JournalIndex.unreadable(run, e);
    }
  }

  private void recover(Runs runs, JournalledRun journalled) {
    if (journalled.hasBegun()) {
      runs.put(journalled.record(), journalled.totalsByWorkspace());
      JdbcClient.create(dataSource())
          .sql("UPDATE journal SET recovered = ? WHERE run = ?")
          .params(journalled.length(), journalled.id())
          .update();
    }
  }

  @Override
  public void whenLost(Runnable task) {
    Objects.requireNonNull(session).whenLost(task);
  }

  @Override
  public void whenAskedToStop(int run, Runnable task) {
    Objects.requireNonNull(session).whenAskedToStop(run, task);
  }

  @Override
  public boolean askToStop(int run) {
    try {
      return WorkSession.askToStop(dataSource(), run);
    } catch (SQLException e) {
      throw failed("run %d cannot be asked to stop".formatted(run), e);
    }
  }

  @Override
  public Set<StateStore.CutOff> cutOff() {
    try {
      Set<Integer> present = WorkSession.runsAtWork(database.pool());
      return JdbcClient.create(dataSource())
          .sql("SELECT id, session FROM run JOIN journal ON run = id WHERE status = ?")
          .param(RunStatus.RUNNING.name())
          .query((row, number) -> new StateStore.CutOff(row.getInt(1), row.getInt(2)))
          .stream()
          .filter(run -> !present.contains(run.run()))
          .collect(Collectors.toSet());
    } catch (SQLException e) {
      throw failed("the runs that were cut off are not known", e);
    }
  }

  @Override
  public boolean isAskedToStop(int run) {
    return JdbcClient.create(dataSource())
        .sql("SELECT EXISTS (SELECT 1 FROM run_stop WHERE run = ?)")
        .param(run)
        .query(Boolean.class)
        .single();
  }

  @Override
  public PartTable parts(int run) {
    return new PartTable(database.pool(), Objects.requireNonNull(session), run);
  }

  @Override
  public boolean isQueued(int run) {
    return queued.contains(run);
  }

  @Override
  public CallLog calls(String caller, Duration kept, Clock clock) {
    return new SharedCallLog(database.pool(), permits, caller);
  }

  @Override
  public void lockOutcomes(Connection connection, int run) throws SQLException {
    WorkSession.lockOutcomes(connection, run);
  }

  /** The server needs no portions. */
  @Override
  public void deleteRows(JdbcClient jdbc, String which, String length, Object... parameters) {
    jdbc.sql("DELETE FROM " + which).params(parameters).update();
  }

  @Override
  public void deleting(Collection<Integer> runs) {
    JdbcClient jdbc = JdbcClient.create(dataSource());
    for (int run : runs) {
      for (String table :
          List.of("run_file", "run_stop", "run_part", "journal_record", "journal")) {
        jdbc.sql("DELETE FROM " + table + " WHERE run = ?").param(run).update();
      }
      deleteLocalFolder(run);
    }
    try {
      WorkSession.deleteUnneeded(database.pool());
    } catch (SQLException e) {
      throw failed("what is on record of ended processes cannot be deleted", e);
    }
  }

  private void deleteLocalFolder(int run) {
    deleteTree(localFolder(run));
  }

  private static void deleteTree(Path tree) {
    try {
      if (Files.exists(tree)) {
        PrivateFiles.deleteTree(tree);
      }
    } catch (IOException e) {
      throw StateException.ofDisk("the folder " + tree + " cannot be deleted", e);
    }
  }

  /** Every commit survives. */
  @Override
  public void checkpoint() {}

  @Override
  public void checkDisk() {
    try (Connection connection = dataSource().getConnection()) {
      if (!connection.isValid(5)) {
        throw new SQLException("the connection is broken", "08006");
      }
    } catch (SQLException e) {
      throw failed("the database cannot be used", e);
    }
  }

  /** A failure here leaves what was committed. */
  @Override
  public void distrust() {}

  @Override
  public long size() {
    try {
      return database.size();
    } catch (SQLException e) {
      throw failed("the size of the database is not known", e);
    }
  }

  @Override
  public long size(int run) {
    try {
      return files.size(run);
    } catch (SQLException e) {
      throw failed("the size of the files of run " + run + " is not known", e);
    }
  }

  private void closeSession(WorkSession own) throws SQLException {
    try {
      own.close();
    } finally {
      deleteTree(ownFolder());
    }
  }

  @Override
  public void close() throws IOException {
    try (database) {
      try {
        if (permits != null) {
          permits.close();
        }
        journals.close();
      } finally {
        if (session != null) {
          closeSession(session);
        }
      }
    } catch (SQLException e) {
      throw new IOException(ServerFailure.words(e), e);
    }
  }
}
