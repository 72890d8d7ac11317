package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

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
     * Returns the exit code.
     *
     * @param arguments as on the command line
     */
    int execute(List<String> arguments);
  }

  private final Scheduler scheduler;
  private final RunTask runs;

  private Worker(Scheduler scheduler, RunTask runs) {
    this.scheduler = scheduler;
    this.runs = runs;
  }

  /**
   * Starts to work, on threads of its own.
   *
   * @param name of this worker, for people
   * @param atOnce how many runs and schedules to execute at once
   * @param store opened to read, and open as long as the worker
   */
  public static Worker start(String name, int atOnce, StateStore store, Commands commands) {
    RunTask runs = new RunTask(commands, store);
    ScheduleTask schedules = new ScheduleTask(commands, store.folder());
    Scheduler scheduler =
        Scheduler.create(store.dataSource(), List.of(runs.task(), schedules.task()))
            .schedulerName(new SchedulerName.Fixed(name))
            .serializer(new TaskData())
            .threads(atOnce)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED)
            // A run that is asked to stop ends when its calls in flight have ended.
            .shutdownMaxWait(Duration.ofDays(1))
            .build();
    scheduler.start();
    return new Worker(scheduler, runs);
  }

  /** Takes nothing more, and waits until the run at work has been given back. */
  @Override
  public void close() {
    ScheduledExecutorService stopping = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> unused = stopping.scheduleWithFixedDelay(runs::stop, 0, 1, TimeUnit.SECONDS);
    try {
      scheduler.stop();
    } finally {
      stopping.shutdownNow();
    }
  }
}
