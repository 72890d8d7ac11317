package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Executes a run of the queue. If the worker dies, another one is given the run. */
final class RunTask {

  /** When to try again a run that another process works on, or whose worker has given it back. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  static final Set<Integer> GIVEN_BACK =
      Set.of(ExitCode.STATE_IN_USE.code(), ExitCode.SIGINT.code(), ExitCode.SIGTERM.code());

  /**
   * What a run has in the queue.
   *
   * @param options for the command that resumes it
   */
  record Arguments(List<String> options) {}

  private final Worker.Commands commands;
  private final StateStore store;
  private final Clock clock;

  /** The commands that this worker cannot execute, because it lacks a key. They are tried once. */
  private final Set<List<String>> leftToOthers = ConcurrentHashMap.newKeySet();

  RunTask(Worker.Commands commands, StateStore store, Clock clock) {
    this.commands = commands;
    this.store = store;
    this.clock = clock;
  }

  Task<Arguments> task() {
    return Tasks.custom(StateStore.QUEUE, Arguments.class)
        .onDeadExecutionRevive()
        .onFailure(new FailureHandler.OnFailureRetryLater<>(AGAIN))
        .execute(this::execute);
  }

  private CompletionHandler<Arguments> execute(
      TaskInstance<Arguments> instance, ExecutionContext context) {
    int run = Integer.parseInt(instance.getId());
    if (isOver(run)) {
      return (complete, operations) -> operations.remove();
    }
    List<String> command = new ArrayList<>(List.of("resume", instance.getId(), "--same-key"));
    command.addAll(instance.getData().options());
    if (leftToOthers.contains(command)) {
      return (complete, operations) -> operations.reschedule(complete, clock.now().plus(AGAIN));
    }
    int code = commands.execute(command);
    if (code == ExitCode.LEFT_TO_OTHERS.code() && isLeftToOthers(run)) {
      leftToOthers.add(command);
    }
    boolean isLeft =
        GIVEN_BACK.contains(code) || (code == ExitCode.STOPPED_EARLY.code() && isStillRunning(run));
    return isLeft && !isOver(run)
        ? (complete, operations) -> operations.reschedule(complete, clock.now().plus(AGAIN))
        : (complete, operations) -> operations.remove();
  }

  /**
   * Whether nothing is left to do: somebody has stopped the run, perhaps while its worker died, or
   * has finished or abandoned it.
   */
  private boolean isOver(int run) {
    return store.isAskedToStop(run)
        || store.runs().find(run).filter(record -> record.status().isResumable()).isEmpty();
  }

  private boolean isLeftToOthers(int run) {
    return store.runs().find(run).filter(RunSummaries::isLeftToOthers).isPresent();
  }

  /** Whether the end of the run could not be recorded, because the database was away. */
  private boolean isStillRunning(int run) {
    return store
        .runs()
        .find(run)
        .filter(record -> record.status() == RunStatus.RUNNING)
        .isPresent();
  }
}
