package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
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

  private final StateStore store;
  private final TaskQueue<Schedule> queue;

  public Schedules(StateStore store) {
    this.store = store;
    this.queue = new TaskQueue<>(store, ScheduleTask.NAME, Schedule.class);
  }

  /** Adds a schedule; returns false if there is one of this name. */
  public boolean add(String name, Schedule schedule) {
    return queue.add(name, schedule, schedule.next(store.now()));
  }

  /**
   * Replaces a schedule that is not executed now.
   *
   * @return false if there is none of this name, or it is executed now
   */
  public boolean update(String name, Schedule schedule) {
    return queue.replace(name, schedule, schedule.next(store.now()));
  }

  /** Removes a schedule that is not executed now; returns false if there is none. */
  public boolean remove(String name) {
    return queue.remove(name);
  }

  /** Makes a schedule due now; returns false if there is none, or it is executed now. */
  public boolean run(String name) {
    return queue.move(name, store.now());
  }

  public Optional<Schedule> find(String name) {
    return all().stream()
        .filter(entry -> entry.name().equals(name))
        .map(Entry::schedule)
        .findFirst();
  }

  /** All schedules, by name. */
  public List<Entry> all() {
    return queue.all().stream()
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
}
