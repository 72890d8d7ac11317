package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends a part of a run for the worker or command that has the run. The queue only says that there
 * is a part: whoever comes first takes it in the table of parts, and whoever comes too late has
 * nothing to do.
 */
final class PartTask {

  /** The name of the queue of parts. */
  static final String NAME = "part";

  /** When the process that has offered a part looks again whether there is another one. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** After that, nobody waits for help any more. */
  private static final Duration LONGEST_OFFER = Duration.ofSeconds(10);

  /** What is older was offered by a process that was killed, while there was no worker. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(5);

  private final Worker.Commands commands;
  private final String process;
  private final DatabaseClock clock;

  /**
   * @param process the name of this one
   */
  PartTask(Worker.Commands commands, String process, DatabaseClock clock) {
    this.commands = commands;
    this.process = process;
    this.clock = clock;
  }

  Task<PartQueue.Part> task() {
    // What a dead worker has left, the owner of the run takes back.
    return Tasks.custom(NAME, PartQueue.Part.class)
        .onDeadExecution((execution, operations) -> operations.stop())
        .execute(this::execute);
  }

  private CompletionHandler<PartQueue.Part> execute(
      TaskInstance<PartQueue.Part> instance, ExecutionContext context) {
    PartQueue.Part part = instance.getData();
    Instant end = Instant.ofEpochMilli(part.offeredAt()).plus(LONGEST_OFFER);
    if (part.process().equals(process) && clock.now().isBefore(end)) {
      return (complete, operations) -> operations.reschedule(complete, clock.now().plus(AGAIN));
    }
    if (!part.process().equals(process) && clock.now().isBefore(end.plus(LEFT_BEHIND))) {
      List<String> command = new ArrayList<>();
      command.add("resume");
      command.add(Integer.toString(part.run()));
      command.add("--part=" + part.owner() + "." + part.number());
      command.add("--same-key");
      command.addAll(part.options());
      int unused = commands.execute(command);
    }
    return (complete, operations) -> operations.remove();
  }
}
