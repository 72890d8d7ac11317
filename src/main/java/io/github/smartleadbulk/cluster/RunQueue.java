package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The runs that wait for a worker, and those that a worker has. */
public final class RunQueue {

  /** By then, the process that has put a run into the queue has let go of it. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** When to look again at a run that a worker is taking or giving back. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final SchedulerClient client;

  public RunQueue(StateStore store) {
    client =
        SchedulerClient.Builder.create(store.dataSource(), RunTask.DESCRIPTION)
            .serializer(new TaskData())
            .build();
  }

  /**
   * Adds a run that this process has. If it waits already, the new arguments count. If a worker has
   * just let go of it, waits until the worker has taken it out of the queue.
   *
   * @param arguments for the command that resumes it
   */
  public void add(int run, List<String> arguments) throws InterruptedException {
    RunTask.Arguments wanted = new RunTask.Arguments(arguments);
    while (!client.scheduleIfNotExists(
            new TaskInstance<>(StateStore.QUEUE, Integer.toString(run), wanted),
            Instant.now().plus(SOON))
        && !(isWaiting(run)
            && tried(() -> client.reschedule(id(run), Instant.now().plus(SOON), wanted)))) {
      pause();
    }
  }

  /**
   * Takes a run out of the queue, unless a worker has it.
   *
   * @return false if it is not in the queue, or a worker has it
   */
  public boolean remove(int run) {
    return isWaiting(run)
        && tried(
            () -> {
              client.cancel(id(run));
              return true;
            });
  }

  /** Whether a run is in the queue: it waits for a worker, or a worker has it. */
  public boolean contains(int run) {
    return client.getScheduledExecution(id(run)).isPresent();
  }

  /** Waits until it makes sense to look again at a run that a worker has taken. */
  public static void pause() throws InterruptedException {
    Thread.sleep(LOOK_EVERY.toMillis());
  }

  private boolean isWaiting(int run) {
    return client
        .getScheduledExecution(id(run))
        .filter(execution -> !execution.isPicked())
        .isPresent();
  }

  /** Changes the queue, unless a worker has changed it just before. */
  static boolean tried(BooleanSupplier change) {
    try {
      return change.getAsBoolean();
    } catch (TaskInstanceException e) {
      return false;
    }
  }

  private static TaskInstanceId id(int run) {
    return TaskInstanceId.of(StateStore.QUEUE, Integer.toString(run));
  }
}
