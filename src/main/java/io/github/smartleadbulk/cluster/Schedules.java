package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.smartleadbulk.state.StateStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schedules of a shared state, which workers execute. */
public final class Schedules {

  /**
   * A schedule as it stands.
   *
   * @param next when it is due
   * @param worker who executes it now; null if nobody does
   */
  public record Entry(String name, Schedule schedule, Instant next, @Nullable String worker) {}

  private final SchedulerClient client;

  public Schedules(StateStore store) {
    client =
        SchedulerClient.Builder.create(store.dataSource(), ScheduleTask.DESCRIPTION)
            .serializer(new TaskData())
            .build();
  }

  /** Adds a schedule; returns false if there is one of this name. */
  public boolean add(String name, Schedule schedule) {
    return client.scheduleIfNotExists(
        new TaskInstance<>(ScheduleTask.NAME, name, schedule), schedule.next(Instant.now()));
  }

  /**
   * Replaces a schedule that is not executed now.
   *
   * @return false if there is none of this name, or it is executed now
   */
  public boolean update(String name, Schedule schedule) {
    return isWaiting(name)
        && RunQueue.tried(
            () -> client.reschedule(id(name), schedule.next(Instant.now()), schedule));
  }

  /** Removes a schedule that is not executed now; returns false if there is none. */
  public boolean remove(String name) {
    return isWaiting(name)
        && RunQueue.tried(
            () -> {
              client.cancel(id(name));
              return true;
            });
  }

  /** Makes a schedule due now; returns false if there is none, or it is executed now. */
  public boolean run(String name) {
    return isWaiting(name) && RunQueue.tried(() -> client.reschedule(id(name), Instant.now()));
  }

  private boolean isWaiting(String name) {
    return client
        .getScheduledExecution(id(name))
        .filter(execution -> !execution.isPicked())
        .isPresent();
  }

  public Optional<Schedule> find(String name) {
    return all().stream()
        .filter(entry -> entry.name().equals(name))
        .map(Entry::schedule)
        .findFirst();
  }

  /** All schedules, by name. */
  public List<Entry> all() {
    return client.getScheduledExecutionsForTask(ScheduleTask.NAME, Schedule.class).stream()
        .map(Schedules::entry)
        .sorted(Comparator.comparing(Entry::name))
        .toList();
  }

  private static Entry entry(ScheduledExecution<Schedule> execution) {
    return new Entry(
        execution.getTaskInstance().getId(),
        execution.getData(),
        execution.getExecutionTime(),
        execution.isPicked() ? execution.getPickedBy() : null);
  }

  private static TaskInstanceId id(String name) {
    return TaskInstanceId.of(ScheduleTask.NAME, name);
  }
}
