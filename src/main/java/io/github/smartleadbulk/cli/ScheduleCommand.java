package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.config.ConfigChoice;
import io.github.smartleadbulk.cli.config.WebhookUrl;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.TextTable;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cluster.Schedule;
import io.github.smartleadbulk.cluster.Schedules;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

@Command(
    name = "schedule",
    description = {
      "Schedules commands of a shared state (--state-url): exactly one worker executes each.",
      "ACTION is add, update, list, run (now) or remove.",
      "The file of the command is kept in the database. To use a new version, update the schedule.",
      "",
      "Examples:",
      "  ./run.sh schedule add nightly --cron \"0 2 * * *\" --zone Europe/Berlin -- ramp fleet.csv",
      "  ./run.sh schedule list"
    })
final class ScheduleCommand extends Subcommand {

  private static final Set<String> COMMANDS = Set.of("update", "ramp", "prune");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx");

  private static final String NOTIFY = "--notify";

  private enum Action {
    ADD,
    UPDATE,
    LIST,
    RUN,
    REMOVE
  }

  @Parameters(index = "0", paramLabel = "ACTION", description = "add, update, list, run or remove.")
  Action action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name of the schedule: letters, digits, hyphens and underscores.")
  @Nullable String name;

  @Parameters(
      index = "2..*",
      paramLabel = "COMMAND",
      description = "After --: update, ramp or prune, with its arguments.")
  List<String> command = new ArrayList<>();

  @OneRun
  @Option(
      names = "--cron",
      paramLabel = "TIMES",
      description = "Minute, hour, day of the month, month and day of the week, as in a crontab.")
  @Nullable String cron;

  @OneRun
  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "Time zone of the times, such as Europe/Berlin (default: that of this machine).")
  @Nullable String zone;

  @Mixin StateOptions state = new StateOptions();

  ScheduleCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws IOException {
    state.checkShared("schedule");
    checkArguments();
    try (StateStore store = state.openRuns(environment)) {
      Schedules schedules = new Schedules(store);
      if (action == Action.LIST) {
        print(schedules.all());
        return ExitCode.OK;
      }
      Schedule schedule =
          switch (action) {
            case ADD -> schedule(null);
            case UPDATE -> schedule(schedules.find(name()).orElseThrow(this::unknown));
            default -> null;
          };
      boolean done =
          switch (action) {
            case ADD -> schedules.add(name(), Objects.requireNonNull(schedule));
            case UPDATE -> schedules.update(name(), Objects.requireNonNull(schedule));
            case RUN -> schedules.run(name());
            case REMOVE -> schedules.remove(name());
            case LIST -> true;
          };
      if (!done) {
        throw action == Action.ADD
            ? new UsageException(
                "there is a schedule %s already: use 'schedule update'".formatted(name))
            : unknown();
      }
      if (schedule != null) {
        tell(schedule);
      }
      return ExitCode.OK;
    }
  }

  private void checkArguments() {
    boolean isOfCommand = action == Action.ADD || action == Action.UPDATE;
    if (action != Action.LIST && (name == null || !name.matches("[A-Za-z0-9_-]{1,40}"))) {
      throw new UsageException("NAME: expected up to 40 letters, digits, hyphens and underscores");
    }
    if (!isOfCommand && (cron != null || zone != null || !command.isEmpty())) {
      throw new UsageException("--cron, --zone and a command only go with add and update");
    }
  }

  private UsageException unknown() {
    return new UsageException(
        "there is no schedule %s, or a worker executes it now; see 'schedule list'"
            .formatted(name));
  }

  private String name() {
    return Objects.requireNonNull(name);
  }

  /**
   * The schedule that the command line describes. The file is read now.
   *
   * @param before has what the command line leaves out; null if there is no such schedule
   */
  private Schedule schedule(@Nullable Schedule before) throws IOException {
    String times = cron == null && before != null ? before.cron() : cron;
    List<String> wanted =
        command.isEmpty() && before != null ? before.command() : withProfile(command);
    if (times == null || wanted.isEmpty()) {
      throw new UsageException("expected --cron and, after --, a command");
    }
    String where =
        zone != null ? zone : before != null ? before.zone() : ZoneId.systemDefault().getId();
    int file = file(wanted);
    if (file >= 0 && wanted.get(file).equals("-")) {
      throw new UsageException("a scheduled command cannot read standard input: name a file");
    }
    byte[] content = file < 0 ? null : Files.readAllBytes(environment.resolve(wanted.get(file)));
    try {
      return Schedule.of(times, where, wanted, file, content);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--cron or --zone: " + e.getMessage());
    }
  }

  /** A worker executes the command with the profile that this command has, or with its own. */
  private List<String> withProfile(List<String> wanted) {
    String profile = profile();
    if (wanted.isEmpty()
        || profile == null
        || wanted.stream().anyMatch(word -> word.split("=", 2)[0].equals(ConfigChoice.PROFILE))) {
      return wanted;
    }
    List<String> words = new ArrayList<>(wanted);
    words.add(1, ConfigChoice.PROFILE + "=" + profile);
    return words;
  }

  /** The place of the command's file; -1 for none. The command must be one that can be executed. */
  private int file(List<String> command) {
    if (!COMMANDS.contains(command.get(0))) {
      throw new UsageException(
          "%s cannot be scheduled: expected update, ramp or prune".formatted(command.get(0)));
    }
    String[] arguments = command.toArray(String[]::new);
    try {
      ParseResult parsed =
          new Program(environment)
              .commandLine(
                  SettingsDefaults.read(environment, command), Program.find(command.get(0)))
              .parseArgs(arguments)
              .subcommand();
      for (String option : List.of("--state-url", "--state-dir", ConfigChoice.CONFIG)) {
        if (parsed.hasMatchedOption(option)) {
          throw new UsageException(
              "%s cannot be part of a scheduled command: the %s of the worker counts"
                  .formatted(option, option.equals(ConfigChoice.CONFIG) ? "config file" : "state"));
        }
      }
      if (parsed.hasMatchedOption(NOTIFY)) {
        throw new UsageException(
            "--notify cannot be part of a scheduled command: whoever knows the URL can post to it, so it is not kept in the database. Set SMARTLEAD_NOTIFY where the workers run");
      }
      return parsed.matchedPositionals().stream()
          .filter(positional -> positional.type() == String.class)
          .flatMap(positional -> positional.originalStringValues().stream())
          .mapToInt(command::lastIndexOf)
          .findFirst()
          .orElse(-1);
    } catch (ParameterException e) {
      throw new UsageException("the command is not valid: " + e.getMessage());
    }
  }

  /** Tells when it is due, and what a change of clocks does. */
  private void tell(Schedule schedule) {
    if (quiet) {
      return;
    }
    Instant now = environment.clock().instant();
    environment
        .text()
        .printf("Next: %s%n", TIME.format(schedule.next(now).atZone(ZoneId.of(schedule.zone()))));
    schedule
        .nextSkipped(now)
        .ifPresent(
            change ->
                messages()
                    .warning(
                        "on %s the clocks skip from %s to %s, so it is not executed at that time. To have every night, choose another time"
                            .formatted(
                                change.getDateTimeBefore().toLocalDate(),
                                change.getDateTimeBefore().toLocalTime(),
                                change.getDateTimeAfter().toLocalTime())));
    environment.text().flush();
  }

  private void print(List<Schedules.Entry> entries) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("NAME", "TIMES", "ZONE", "NEXT", "COMMAND"));
    for (Schedules.Entry entry : entries) {
      Schedule schedule = entry.schedule();
      lines.add(
          List.of(
              entry.name(),
              schedule.cron(),
              schedule.zone(),
              entry.worker() == null
                  ? TIME.format(entry.next().atZone(ZoneId.of(schedule.zone())))
                  : "now, by " + entry.worker(),
              shown(schedule.command())));
    }
    TextTable.print(environment.text(), lines, -1);
  }

  /** Whoever knows the URL of a webhook can post to it, so only its host is shown. */
  private static String shown(List<String> command) {
    List<String> shown = new ArrayList<>();
    for (String argument : command) {
      if (argument.startsWith(NOTIFY + "=")) {
        shown.add(NOTIFY + "=" + WebhookUrl.parse(argument.substring(NOTIFY.length() + 1)));
      } else if (!shown.isEmpty() && shown.get(shown.size() - 1).equals(NOTIFY)) {
        shown.add(WebhookUrl.parse(argument).toString());
      } else {
        shown.add(argument);
      }
    }
    return String.join(" ", shown);
  }
}
