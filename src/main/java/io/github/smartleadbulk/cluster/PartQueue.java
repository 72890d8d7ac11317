package io.github.smartleadbulk.cluster;

import io.github.smartleadbulk.state.StateStore;
import java.time.Instant;
import java.util.List;

/**
 * The parts of runs that wait for a worker. It only tells that there are some: see {@link
 * PartTask}.
 */
public final class PartQueue {

  /**
   * A part of a run.
   *
   * @param owner the session that has the run
   * @param process that has the run: it does not help itself
   * @param offeredAt in milliseconds since 1970, by the clock of the database
   * @param options for the command that sends the part
   */
  record Part(
      int run, int owner, int number, String process, long offeredAt, List<String> options) {}

  private final StateStore store;
  private final TaskQueue<Part> queue;

  public PartQueue(StateStore store) {
    this.store = store;
    this.queue = new TaskQueue<>(store, PartTask.NAME, Part.class);
  }

  /**
   * Tells the workers of a part.
   *
   * @param owner the session that has the run
   * @param process the name of the process that has it
   * @param options for the command that sends the part
   */
  public void offer(int run, int owner, int number, String process, List<String> options) {
    Instant now = store.now();
    boolean unused =
        queue.add(
            name(run, owner, number),
            new Part(run, owner, number, process, now.toEpochMilli(), options),
            now);
  }

  /** Tells the workers no more of a part. A worker that has heard of it will find it gone. */
  public void withdraw(int run, int owner, int number) {
    boolean unused = queue.remove(name(run, owner, number));
  }

  /** Whether a worker has heard of a part and is about to take it. */
  public boolean isAwaited(int run, int owner, int number) {
    return queue.isPicked(name(run, owner, number));
  }

  private static String name(int run, int owner, int number) {
    return run + "-" + owner + "-" + number;
  }
}
