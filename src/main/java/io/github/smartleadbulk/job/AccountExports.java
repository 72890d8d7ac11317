package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.ClientPool;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the account lists of several workspaces side by side. What stops one workspace leaves the
 * others alone.
 *
 * <p>Call {@link #execute} once. Any thread can call {@link #stop}.
 */
public final class AccountExports {

  /** How many account lists are read at once, because each takes a thread. */
  private static final int MOST_LISTS = 32;

  /** Receives what was read. */
  public interface Sinks {

    /**
     * Opens what receives the accounts of a workspace. Several threads call this, each before the
     * first page of a workspace.
     */
    Sink open(String workspace) throws IOException;

    /**
     * A workspace has ended. One thread calls this, in the order of the workspaces.
     *
     * @param end how it ended
     */
    void ended(String workspace, AccountExport.End end) throws IOException;
  }

  /** Receives the accounts of a workspace. Closed before {@link Sinks#ended}. */
  public interface Sink extends AccountExport.Sink, AutoCloseable {
    @Override
    void close() throws IOException;
  }

  private final StateStore store;
  private final List<Workspace> workspaces;
  private final Clock clock;
  private final List<AccountExport> running = new ArrayList<>();
  private @Nullable Stop stop;

  /**
   * @param workspaces each once, in the order of their accounts
   * @throws RunRefusedException if two have the same key
   */
  public AccountExports(StateStore store, List<Workspace> workspaces, Clock clock) {
    RunPreparation.refuseSharedKey(workspaces);
    this.store = store;
    this.workspaces = List.copyOf(workspaces);
    this.clock = clock;
  }

  /**
   * Reads until all lists have ended, or somebody stops it.
   *
   * @param clientId only accounts of this client; null for all
   * @return the gravest exit code of a workspace
   */
  public ExitCode execute(@Nullable Long clientId, Sinks sinks)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(workspaces.size(), MOST_LISTS));
    try (ClientPool pool = ClientPool.start(workspaces.size())) {
      List<Future<AccountExport.End>> ends = new ArrayList<>();
      for (Workspace workspace : workspaces) {
        AccountExport export = new AccountExport(store, workspace, clock, pool);
        add(export);
        ends.add(threads.submit(() -> read(export, workspace.name(), clientId, sinks)));
      }
      try {
        return await(ends, sinks);
      } finally {
        // After a failure, the others must not use the state folder any more.
        stop(new Stop(ExitCode.STOPPED_EARLY, "the export has ended"));
        threads.shutdown();
        threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      }
    }
  }

  private static AccountExport.End read(
      AccountExport export, String workspace, @Nullable Long clientId, Sinks sinks)
      throws IOException, InterruptedException {
    try (Sink sink = sinks.open(workspace)) {
      return export.execute(clientId, sink);
    }
  }

  private ExitCode await(List<Future<AccountExport.End>> ends, Sinks sinks)
      throws IOException, InterruptedException {
    ExitCode gravest = ExitCode.OK;
    for (int i = 0; i < ends.size(); i++) {
      AccountExport.End end = await(ends.get(i));
      sinks.ended(workspaces.get(i).name(), end);
      if (RunEnd.GRAVEST_FIRST.compare(end.exitCode(), gravest) < 0) {
        gravest = end.exitCode();
      }
    }
    return gravest;
  }

  private static AccountExport.End await(Future<AccountExport.End> end)
      throws IOException, InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      // A full disk, for example, ends the command as it would without threads.
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      } else if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(cause);
    }
  }

  private synchronized void add(AccountExport export) {
    running.add(export);
    if (stop != null) {
      export.stop(stop);
    }
  }

  /** Makes no more calls. */
  public void stop(ExitCode signal) {
    stop(Stop.bySignal(signal));
  }

  private synchronized void stop(Stop why) {
    if (stop == null) {
      stop = why;
    }
    running.forEach(export -> export.stop(why));
  }
}
