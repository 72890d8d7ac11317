package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program below {@code main}: arguments in, exit code out. */
final class Program {

  /** Even a broken config file does not keep a user from the help. */
  private static final Set<String> VERSION = Set.of("-V", "--version");

  private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

  /** In the order of the help. */
  private static final List<Class<? extends Subcommand>> COMMANDS =
      List.of(
          UpdateCommand.class,
          ValidateCommand.class,
          PlanCommand.class,
          PreviewCommand.class,
          ResumeCommand.class,
          RetryCommand.class,
          RollbackCommand.class,
          RunsCommand.class,
          ShowCommand.class,
          ExportCommand.class,
          PruneCommand.class,
          SandboxCommand.class);

  private final Surroundings surroundings;

  Program(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  int run(String... args) {
    try {
      return commandLine(
              Arrays.stream(args).anyMatch(HELP::contains)
                  ? Settings.none(surroundings)
                  : Settings.read(surroundings),
              commands(args))
          .execute(args);
    } catch (UsageException e) {
      // The config file is read before there is a command to blame.
      return failures().report(e, false).code();
    }
  }

  /**
   * The command that is called alone, since a start takes picocli milliseconds for each; or all.
   */
  private static List<Class<? extends Subcommand>> commands(String... args) {
    if (args.length == 1 && VERSION.contains(args[0])) {
      return List.of();
    }
    List<Class<? extends Subcommand>> called =
        COMMANDS.stream()
            .filter(
                type -> args.length > 0 && args[0].equals(type.getAnnotation(Command.class).name()))
            .toList();
    return called.isEmpty() ? COMMANDS : called;
  }

  private CommandLine commandLine(Settings settings, List<Class<? extends Subcommand>> commands) {
    CommandLine line = new CommandLine(new Root(), new ProgramFactory(surroundings));
    commands.forEach(line::addSubcommand);
    List<CommandSpec> specs = everyCommand(line).map(CommandLine::getCommandSpec).toList();
    if (!settings.areNamesOf(specs)) {
      if (!commands.equals(COMMANDS)) {
        return commandLine(settings, COMMANDS);
      }
      settings.checkNames(specs);
    }
    line.setDefaultValueProvider(settings)
        .setOut(writer(surroundings.out()))
        .setErr(writer(surroundings.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, Durations::parse)
        .setParameterExceptionHandler((e, arguments) -> misused(e))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                failures()
                    .report(e, command.getCommand() instanceof Subcommand sub && sub.verbose)
                    .code());
    everyCommand(line).forEach(command -> tellExitCodes(command.getCommandSpec()));
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private int misused(ParameterException e) {
    ExitCode code = failures().report(e, false);
    surroundings
        .err()
        .println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return code.code();
  }

  private Failures failures() {
    return new Failures(surroundings.err());
  }

  private static Stream<CommandLine> everyCommand(CommandLine line) {
    return Stream.concat(Stream.of(line), line.getSubcommands().values().stream());
  }

  private static void tellExitCodes(CommandSpec command) {
    Map<String, String> meaningByCode =
        Arrays.stream(ExitCode.values())
            .collect(
                Collectors.toMap(
                    code -> Integer.toString(code.code()),
                    ExitCode::meaning,
                    (one, other) -> one,
                    LinkedHashMap::new));
    command.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(meaningByCode);
  }

  @Command(
      name = "smartlead-bulk",
      description = "Applies a CSV of SmartLead email-account settings to the accounts.",
      synopsisSubcommandLabel = "COMMAND")
  static final class Root implements Runnable {

    @Mixin HelpOptions help = new HelpOptions();

    @Spec CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "no command was given");
    }
  }
}
