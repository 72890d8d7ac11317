package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The runs that wait for a worker, and those that a worker has. */
public final class RunQueue {

  /** By then, the process that has put a run into the queue has let go of it. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final SchedulerClient client;

  public RunQueue(StateStore store) {
    client =
        SchedulerClient.Builder.create(store.dataSource(), RunTask.DESCRIPTION)
            .serializer(new TaskData())
            .build();
  }

  /**
   * Adds a run. If it is in the queue already, nothing changes.
   *
   * @param arguments for the command that resumes it
   */
  public void add(int run, List<String> arguments) {
    boolean unused =
        client.scheduleIfNotExists(
            new TaskInstance<>(
                StateStore.QUEUE, Integer.toString(run), new RunTask.Arguments(arguments)),
            Instant.now().plus(SOON));
  }

  /**
   * Takes a run out of the queue, unless a worker has it.
   *
   * @return false if it is not in the queue, or a worker has it
   */
  public boolean remove(int run) {
    TaskInstanceId id = TaskInstanceId.of(StateStore.QUEUE, Integer.toString(run));
    Optional<ScheduledExecution<Object>> waiting =
        client.getScheduledExecution(id).filter(execution -> !execution.isPicked());
    waiting.ifPresent(execution -> client.cancel(id));
    return waiting.isPresent();
  }
}
