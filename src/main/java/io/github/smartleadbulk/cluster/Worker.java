package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.util.List;

/**
 * Takes runs from the queue and executes them, and the commands of due schedules. A worker that is
 * not heard of for {@link #HEARTBEAT} times {@value #MISSED} has lost its run to another one.
 */
public final class Worker implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final int MISSED = 4;
  private static final Duration POLLING = Duration.ofSeconds(1);

  /** Executes a command of the program. */
  public interface Commands {

    /**
     * Executes a command until its end, and returns its exit code.
     *
     * @param arguments as on the command line
     */
    int execute(List<String> arguments);
  }

  private final Scheduler scheduler;
  private final DatabaseClock clock;

  private Worker(Scheduler scheduler, DatabaseClock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * Starts to work, on threads of its own.
   *
   * @param name of this worker, for people
   * @param atOnce how many runs and schedules to execute at once
   * @param store opened to read, and open as long as the worker
   */
  public static Worker start(String name, int atOnce, StateStore store, Commands commands) {
    DatabaseClock clock = DatabaseClock.start(store);
    RunTask runs = new RunTask(commands, store, clock);
    ScheduleTask schedules = new ScheduleTask(commands, store, clock);
    PartTask parts = new PartTask(commands, name, clock);
    Scheduler scheduler =
        Scheduler.create(store.dataSource(), List.of(runs.task(), schedules.task(), parts.task()))
            .schedulerName(new SchedulerName.Fixed(name))
            .serializer(new TaskData())
            .clock(clock)
            .threads(atOnce)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED)
            // A run that is asked to stop ends when its calls in flight have ended.
            .shutdownMaxWait(Duration.ofDays(1))
            .build();
    scheduler.start();
    return new Worker(scheduler, clock);
  }

  /**
   * Takes nothing more, and waits until the commands at work have ended. They have heard the signal
   * that ends the worker.
   */
  @Override
  public void close() {
    scheduler.stop();
    clock.close();
  }
}
