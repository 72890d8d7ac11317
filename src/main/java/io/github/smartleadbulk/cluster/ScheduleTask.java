package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Executes the commands of schedules. If the worker dies, another one executes the same command
 * again, and so resumes its run. What was missed while there was no worker is executed once.
 */
final class ScheduleTask {

  static final String NAME = "schedule";

  /** Their deadlines count from the first start, whoever goes on. */
  private static final Set<String> HAVE_DEADLINES = Set.of("update", "ramp");

  private final Worker.Commands commands;
  private final StateStore store;
  private final Clock clock;

  /**
   * For the files of the schedules. Should be the same for all workers, because an input is known
   * again by its path.
   */
  private final Path folder;

  ScheduleTask(Worker.Commands commands, StateStore store, Clock clock) {
    this.commands = commands;
    this.store = store;
    this.clock = clock;
    this.folder = store.folder().resolve("schedules");
  }

  Task<Schedule> task() {
    return Tasks.custom(NAME, Schedule.class).onDeadExecutionRevive().execute(this::execute);
  }

  private CompletionHandler<Schedule> execute(
      TaskInstance<Schedule> instance, ExecutionContext context) {
    Schedule schedule = instance.getData();
    Instant since = schedule.since();
    if (since == null) {
      // On record before the command begins, so that whoever takes over knows it too.
      Instant begun = clock.now();
      return (complete, operations) ->
          operations.reschedule(complete, begun, schedule.begun(begun));
    }
    List<String> command = new ArrayList<>(schedule.command());
    if (schedule.file() >= 0) {
      command.set(schedule.file(), write(instance.getId(), schedule).toString());
    }
    if (HAVE_DEADLINES.contains(command.get(0))) {
      command.add("--since=" + since);
    }
    Set<StateStore.CutOff> before = store.cutOff();
    int code = commands.execute(command);
    boolean isLeft =
        RunTask.GIVEN_BACK.contains(code)
            // The end of its run could not be recorded, because the database was away.
            || (code == ExitCode.STOPPED_EARLY.code() && !before.containsAll(store.cutOff()));
    Instant now = clock.now();
    return isLeft
        ? (complete, operations) -> operations.reschedule(complete, now.plus(RunTask.AGAIN))
        : (complete, operations) ->
            operations.reschedule(complete, schedule.next(now), schedule.begun(null));
  }

  private Path write(String name, Schedule schedule) {
    Path file =
        folder
            .resolve(name)
            .resolve(Path.of(schedule.command().get(schedule.file())).getFileName());
    try {
      PrivateFiles.createFolder(folder.resolve(name));
      try (OutputStream out = Channels.newOutputStream(PrivateFiles.create(file))) {
        out.write(Objects.requireNonNull(schedule.content()));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
