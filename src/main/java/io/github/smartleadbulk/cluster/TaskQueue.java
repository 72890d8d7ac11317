package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.smartleadbulk.state.StateStore;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The instances of a task, by name. Whatever would change one returns false if there is none of
 * this name, or a worker has it.
 *
 * @param <T> what an instance has for its worker
 */
final class TaskQueue<T> {

  private final Task<T> task;
  private final SchedulerClient client;

  /**
   * @param name of the task
   * @param type of what an instance has
   */
  TaskQueue(StateStore store, String name, Class<T> type) {
    // Workers know how to execute it.
    task =
        Tasks.custom(name, type)
            .execute(
                (instance, context) -> {
                  throw new UnsupportedOperationException();
                });
    client =
        SchedulerClient.Builder.create(store.dataSource(), task).serializer(new TaskData()).build();
  }

  /** Adds an instance; returns false if there is one of this name. */
  boolean add(String name, T data, Instant due) {
    return client.scheduleIfNotExists(new TaskInstance<>(task.getName(), name, data), due);
  }

  boolean replace(String name, T data, Instant due) {
    return changes(name, () -> client.reschedule(id(name), due, data));
  }

  boolean move(String name, Instant due) {
    return changes(name, () -> client.reschedule(id(name), due));
  }

  boolean remove(String name) {
    return changes(
        name,
        () -> {
          client.cancel(id(name));
          return true;
        });
  }

  boolean contains(String name) {
    return client.getScheduledExecution(id(name)).isPresent();
  }

  /** Whether a worker has an instance. */
  boolean isPicked(String name) {
    return client.getScheduledExecution(id(name)).filter(ScheduledExecution::isPicked).isPresent();
  }

  List<ScheduledExecution<T>> all() {
    return client.getScheduledExecutionsForTask(task.getName(), task.getDataClass());
  }

  private boolean changes(String name, BooleanSupplier change) {
    boolean isWaiting =
        client
            .getScheduledExecution(id(name))
            .filter(execution -> !execution.isPicked())
            .isPresent();
    try {
      return isWaiting && change.getAsBoolean();
    } catch (TaskInstanceException e) {
      // A worker has taken it since then.
      return false;
    }
  }

  private TaskInstanceId id(String name) {
    return TaskInstanceId.of(task.getName(), name);
  }
}
