package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.config.ConfigChoice;
import io.github.smartleadbulk.cli.config.ShownSetting;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.option.UsageMessages;
import io.github.smartleadbulk.cli.output.TextTable;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.result.RecordJson;
import io.github.smartleadbulk.run.ExitCode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

@Command(
    name = "config",
    description = {
      "Shows every setting, its value, and where the value comes from.",
      "ACTION is show. Secrets are masked.",
      "",
      "Examples:",
      "  ./run.sh config show",
      "  ./run.sh config show --profile client-a -- update fleet.csv --rate pro"
    })
final class ConfigCommand extends Subcommand {

  private enum Action {
    SHOW
  }

  @Parameters(index = "0", paramLabel = "ACTION", description = "show.")
  Action action;

  @Parameters(
      index = "1..*",
      paramLabel = "COMMAND",
      description = "After --: a command with its arguments, to see only its settings.")
  List<String> command = new ArrayList<>();

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print a JSON array instead of a table.")
  boolean json;

  ConfigCommand(ProcessEnvironment environment) {
    super(environment);
  }

  /**
   * The arguments in the order in which they choose the config file: what follows {@code config
   * show --} would choose it for that command.
   */
  static List<String> choosing(String... args) {
    List<String> all = List.of(args);
    int end = all.indexOf(ConfigChoice.END);
    if (end < 0 || !all.get(0).equals("config")) {
      return all;
    }
    return Stream.of(all.subList(end + 1, all.size()), all.subList(0, end))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  ExitCode execute() {
    SettingsDefaults settings = SettingsDefaults.of(spec);
    List<ShownSetting> shown = command.isEmpty() ? ofAll(settings) : ofCommand(settings);
    if (json) {
      environment.text().println(RecordJson.of(shown));
    } else {
      print(settings, shown);
    }
    return ExitCode.OK;
  }

  private List<ShownSetting> ofAll(SettingsDefaults settings) {
    return shown(settings, line(settings, Program.COMMANDS).getSubcommands().values(), null);
  }

  private List<ShownSetting> ofCommand(SettingsDefaults settings) {
    List<Class<? extends Subcommand>> found = Program.find(command.get(0));
    try {
      ParseResult given =
          line(settings, found.isEmpty() ? Program.COMMANDS : found)
              .parseArgs(command.toArray(String[]::new))
              .subcommand();
      return shown(settings, List.of(given.commandSpec().commandLine()), given);
    } catch (ParameterException e) {
      throw new UsageException("the command is not valid: " + UsageMessages.of(e));
    }
  }

  private CommandLine line(SettingsDefaults settings, List<Class<? extends Subcommand>> commands) {
    return new Program(environment).commandLine(settings, commands);
  }

  private static List<ShownSetting> shown(
      SettingsDefaults settings, Collection<CommandLine> lines, @Nullable ParseResult given) {
    List<CommandSpec> commands = lines.stream().map(CommandLine::getCommandSpec).toList();
    return settings.shown(commands, given);
  }

  private void print(SettingsDefaults settings, List<ShownSetting> shown) {
    environment
        .text()
        .printf(
            "Config file: %s%s%n",
            settings.file(), Files.exists(settings.file()) ? "" : " (does not exist)");
    if (settings.profile() != null) {
      environment.text().printf("Profile:     %s%n", settings.profile());
    }
    environment.text().println();
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("SETTING", "VALUE", "FROM"));
    for (ShownSetting setting : shown) {
      String value = setting.value();
      lines.add(List.of(setting.name(), value == null ? "-" : value, setting.from()));
    }
    TextTable.print(environment.text(), lines, -1);
  }
}
