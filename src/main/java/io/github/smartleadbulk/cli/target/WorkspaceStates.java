package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.client.CallHistory;
import io.github.smartleadbulk.client.ClockDifference;
import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.history.KeyCalls;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what each workspace can do now: whether it has a key, whether the server accepts it,
 * and what its windows have left. Any thread can call {@link #stop}.
 */
public final class WorkspaceStates {

  /** How many keys are checked at once: a thousand servers that are away take half an hour. */
  private static final int AT_ONCE = 16;

  /**
   * What is known of a workspace.
   *
   * @param baseUrl the API that it calls
   * @param limits the windows without the share of other users
   * @param use what the windows have left; empty if the key is not known
   * @param message why the key is not known to work; null if it is, or if nobody asked
   * @param clock null if no answer showed the server's clock
   */
  public record State(
      String name,
      String baseUrl,
      List<RateWindow> limits,
      List<WindowUse> use,
      KeyState key,
      @Nullable String message,
      @Nullable ClockDifference clock) {}

  private final Workspaces workspaces;
  private final Clock clock;
  private final Map<String, Workspace> workspaceByName = new TreeMap<>();
  private final Map<String, KeyCheck.Result> resultByName = new HashMap<>();
  private final List<String> names;
  private Collection<KeyCheck> running = List.of();
  private @Nullable Stop stop;

  private WorkspaceStates(Workspaces workspaces, List<String> names, Clock clock) {
    this.workspaces = workspaces;
    this.names = names;
    this.clock = clock;
  }

  /**
   * Reads the keys of these workspaces. A key that is missing is a result.
   *
   * @param unusable takes what is wrong with the settings of a workspace, which is left out then
   */
  public static WorkspaceStates of(
      Workspaces workspaces,
      List<String> names,
      Clock clock,
      BiConsumer<String, UsageException> unusable) {
    List<String> usable = new ArrayList<>(names);
    WorkspaceStates states = new WorkspaceStates(workspaces, usable, clock);
    for (String name : names) {
      try {
        states.workspaceByName.put(name, workspaces.settings(name));
      } catch (NoKeyException e) {
        states.resultByName.put(
            name, new KeyCheck.Result(KeyState.MISSING, String.valueOf(e.getMessage())));
      } catch (UsageException e) {
        unusable.accept(name, e);
        usable.remove(name);
      }
    }
    return states;
  }

  /** The workspaces that have a key. */
  public Collection<Workspace> withKey() {
    return workspaceByName.values();
  }

  /** The longest time that a call with one of the keys can take. */
  public Duration longestTimeout() {
    return withKey().stream()
        .map(workspace -> workspace.client().timeout())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Checks each key with one call. */
  public void check(StateStore store) throws InterruptedException {
    Map<String, KeyCheck> checkByName = new TreeMap<>();
    workspaceByName.forEach(
        (name, workspace) -> checkByName.put(name, new KeyCheck(workspace, store, clock)));
    start(checkByName.values());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      Map<String, Future<KeyCheck.Result>> futureByName = new TreeMap<>();
      checkByName.forEach((name, check) -> futureByName.put(name, threads.submit(check)));
      for (Map.Entry<String, Future<KeyCheck.Result>> future : futureByName.entrySet()) {
        resultByName.put(future.getKey(), future.getValue().get());
      }
    } catch (ExecutionException e) {
      // A full disk, for example, ends the command as it would without threads.
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private synchronized void start(Collection<KeyCheck> checks) {
    running = checks;
    if (stop != null) {
      stop(stop.exitCode());
    }
  }

  /** Makes no more calls. */
  public synchronized void stop(ExitCode signal) {
    stop = Stop.bySignal(signal);
    for (KeyCheck check : running) {
      check.stop(stop);
    }
  }

  /** The signal that has stopped the checks. */
  public synchronized Optional<ExitCode> stopped() {
    return Optional.ofNullable(stop).map(Stop::exitCode);
  }

  /**
   * The states, in the order of the names.
   *
   * @param store with the calls of the keys; null if no call is on record
   */
  public List<State> list(@Nullable StateStore store) {
    List<State> states = new ArrayList<>();
    for (String name : names) {
      ApiOptions api = workspaces.api();
      KeyCheck.Result result =
          resultByName.getOrDefault(name, new KeyCheck.Result(KeyState.NOT_CHECKED, null));
      states.add(
          new State(
              name,
              Workspaces.target(api.baseUrl(name)),
              api.windows(name),
              use(workspaceByName.get(name), store),
              result.state(),
              result.message(),
              result.clock()));
    }
    return states;
  }

  private List<WindowUse> use(@Nullable Workspace workspace, @Nullable StateStore store) {
    if (workspace == null) {
      return List.of();
    }
    List<RateWindow> windows = workspace.client().windows();
    return store == null
        ? WindowUse.of(windows, CallHistory.none(), clock)
        : new KeyCalls(store, workspace.recorded()).use(windows, clock);
  }
}
