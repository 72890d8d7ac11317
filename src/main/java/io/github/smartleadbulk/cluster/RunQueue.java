package io.github.smartleadbulk.cluster;

import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.util.List;

/** The runs that wait for a worker, and those that a worker has. */
public final class RunQueue {

  /** By then, the process that has put a run into the queue has let go of it. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** When to look again at a run that a worker is taking or giving back. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final StateStore store;
  private final TaskQueue<RunTask.Arguments> queue;

  public RunQueue(StateStore store) {
    this.store = store;
    this.queue = new TaskQueue<>(store, StateStore.QUEUE, RunTask.Arguments.class);
  }

  /**
   * Adds a run that this process has. If it waits already, the new arguments count. If a worker has
   * just let go of it, waits until the worker has taken it out of the queue.
   *
   * @param arguments for the command that resumes it
   */
  public void add(int run, List<String> arguments) throws InterruptedException {
    String name = Integer.toString(run);
    RunTask.Arguments wanted = new RunTask.Arguments(arguments);
    while (!queue.add(name, wanted, store.now().plus(SOON))
        && !queue.replace(name, wanted, store.now().plus(SOON))) {
      pause();
    }
  }

  /**
   * Takes a run out of the queue, unless a worker has it.
   *
   * @return false if it is not in the queue, or a worker has it
   */
  public boolean remove(int run) {
    return queue.remove(Integer.toString(run));
  }

  /** Whether a run is in the queue: it waits for a worker, or a worker has it. */
  public boolean contains(int run) {
    return queue.contains(Integer.toString(run));
  }

  /** Waits until it makes sense to look again at a run that a worker has taken. */
  public static void pause() throws InterruptedException {
    Thread.sleep(LOOK_EVERY.toMillis());
  }
}
