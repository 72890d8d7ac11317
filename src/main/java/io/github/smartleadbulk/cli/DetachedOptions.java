package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.config.ConfigChoice;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.StoredGuards;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command line that count for whoever executes the run on another machine. */
final class DetachedOptions {

  /** What is about this command line and not about the run. */
  private static final Set<String> HERE =
      Set.of(
          "--detach",
          ConfigChoice.PROFILE,
          "--yes",
          "--wait",
          "--quiet",
          "--verbose",
          "--no-color",
          "--json",
          "--state-url");

  private DetachedOptions() {}

  /**
   * The options that were given and that the command to resume a run has too. Files, such as that
   * of the key, are those of the other machine. Deadlines count from now, in the time zone of this
   * machine.
   */
  static List<String> of(CommandSpec command, ResumeCommand resume, PreparedRun run, Instant now) {
    CommandSpec known = new CommandLine(resume).getCommandSpec();
    List<String> arguments = new ArrayList<>(List.of("--since=" + now));
    Map<String, String> guards = run.guards().valueByOption();
    if (guards.containsKey(StoredGuards.FINISH_BY) && !guards.containsKey(StoredGuards.TIME_ZONE)) {
      arguments.add("--time-zone=" + ZoneId.systemDefault().getId());
    }
    // The worker reads it next to its own config file, also if a variable named it here.
    String profile = SettingsDefaults.of(command).profile();
    if (profile != null) {
      arguments.add(ConfigChoice.PROFILE + "=" + profile);
    }
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (known.findOption(name) == null || HERE.contains(name) || option.type() == Path.class) {
        continue;
      }
      if (option.originalStringValues().isEmpty()) {
        arguments.add(name);
      }
      option.originalStringValues().forEach(value -> arguments.add(name + "=" + value));
    }
    return arguments;
  }
}
