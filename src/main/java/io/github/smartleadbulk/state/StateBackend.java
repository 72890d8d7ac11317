package io.github.smartleadbulk.state;

import io.github.smartleadbulk.postgres.PartTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What differs between a state folder with its embedded database and a PostgreSQL server: locks,
 * numbers, files, closing, and the few statements that are not the same. Thread-safe.
 */
interface StateBackend {

  DataSource dataSource();

  /** How many connections the {@link #dataSource} has. */
  int connections();

  RunJournals journals();

  /** Notices for the user. */
  List<String> notices();

  /** What the user knows it as: a folder, or host and database. */
  String name();

  /** A folder on this machine for files. */
  Path folder();

  /** See {@link StateStore#ownFolder}. */
  Path ownFolder();

  /** The folder of a run on this machine, with the files that are on record. */
  Path runFolder(int run);

  /** Puts the files in the folder of a run on record. */
  void saveFiles(int run);

  /** A number for a new run. No run has ever had it. */
  int nextNumber() throws IOException;

  /** Whether a process works on a run now. If not, a run on record as running was killed. */
  boolean isAtWork(int run);

  /** Whether other machines use this state. */
  boolean isShared();

  /**
   * Sees to it that no other process works on the accounts of some workspaces.
   *
   * @throws io.github.smartleadbulk.store.StateException if another process does
   */
  void claim(Collection<RunSpec.Workspace> workspaces);

  /** Runs a task if this process must not work any more, because others may have taken over. */
  void whenLost(Runnable task);

  /** Runs a task, perhaps several times, if somebody asks this process to stop a run. */
  void whenAskedToStop(int run, Runnable task);

  /** See {@link StateStore#askToStop}. */
  boolean askToStop(int run);

  /** See {@link StateStore#now}. */
  Instant now();

  /** See {@link StateStore#isAskedToStop}. */
  boolean isAskedToStop(int run);

  /** See {@link StateStore#cutOff}. */
  Set<StateStore.CutOff> cutOff();

  /** See {@link StateStore#parts}. */
  PartTable parts(int run);

  /** Whether a run waits for a worker. */
  boolean isQueued(int run);

  /** See {@link StateStore#calls}. */
  CallLog calls(String caller, Duration kept, Clock clock);

  /** Until the transaction ends, nobody else brings in outcomes of a run. */
  void lockOutcomes(Connection connection, int run) throws SQLException;

  /**
   * Deletes rows.
   *
   * @param which the table and the condition
   * @param length an expression for the length of a row's texts
   */
  void deleteRows(JdbcClient jdbc, String which, String length, Object... parameters);

  /** Runs are about to be deleted from the database. */
  void deleting(Collection<Integer> runs);

  /** See {@link StateStore#checkpoint}. */
  void checkpoint();

  /** See {@link StateStore#checkDisk}. */
  void checkDisk();

  /** See {@link StateStore#distrustDatabase}. */
  void distrust();

  /** The size of everything, in bytes. */
  long size();

  /** The size of the files of a run, in bytes. */
  long size(int run);

  void close() throws IOException;
}
