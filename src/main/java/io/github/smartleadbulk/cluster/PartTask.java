package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.smartleadbulk.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends a part of a run for the worker or command that has the run. The queue only says that there
 * is a part: whoever comes first takes it in the table of parts, and whoever comes too late has
 * nothing to do.
 */
public final class PartTask {

  /** The name of the queue of parts. */
  private static final String NAME = "part";

  /** When the process that has offered a part looks again whether there is another one. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** After that, nobody waits for help any more. */
  private static final Duration LONGEST_OFFER = Duration.ofSeconds(10);

  /** What is older was offered by a process that was killed, while there was no worker. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(5);

  /**
   * A part of a run.
   *
   * @param owner the session that has the run
   * @param process that has the run: it does not help itself
   * @param offeredAt in milliseconds since 1970, by the clock of the database
   * @param options for the command that sends the part
   */
  public record Part(
      int run, int owner, int number, String process, long offeredAt, List<String> options) {}

  private static final Task<Part> DESCRIPTION =
      Tasks.custom(NAME, Part.class)
          .execute(
              (instance, context) -> {
                throw new UnsupportedOperationException();
              });

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

  /** Tells the workers of a part. */
  public static void offer(StateStore store, Part part) {
    boolean unused =
        new TaskQueue<>(store, DESCRIPTION)
            .add(id(part.run(), part.owner(), part.number()), part, store.now());
  }

  /** Tells the workers no more of a part. A worker that has heard of it will find it gone. */
  public static void withdraw(StateStore store, int run, int owner, int number) {
    boolean unused = new TaskQueue<>(store, DESCRIPTION).remove(id(run, owner, number));
  }

  /** Whether a worker has heard of a part and is about to take it. */
  public static boolean isAwaited(StateStore store, int run, int owner, int number) {
    return new TaskQueue<>(store, DESCRIPTION).isPicked(id(run, owner, number));
  }

  private static String id(int run, int owner, int number) {
    return run + "-" + owner + "-" + number;
  }

  Task<Part> task() {
    // What a dead worker has left, the owner of the run takes back.
    return Tasks.custom(NAME, Part.class)
        .onDeadExecution((execution, operations) -> operations.stop())
        .execute(this::execute);
  }

  private CompletionHandler<Part> execute(TaskInstance<Part> instance, ExecutionContext context) {
    Part part = instance.getData();
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
