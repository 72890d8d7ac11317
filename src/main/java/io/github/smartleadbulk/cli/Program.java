package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.config.ConfigChoice;
import io.github.smartleadbulk.cli.config.WebhookUrl;
import io.github.smartleadbulk.cli.option.Durations;
import io.github.smartleadbulk.cli.option.FileArgument;
import io.github.smartleadbulk.cli.option.HelpOptions;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.option.UsageMessages;
import io.github.smartleadbulk.cli.output.HelpPage;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program below {@code main}: arguments in, exit code out. */
final class Program {

  /** These options work even if the config file is broken. */
  private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

  private static final String HELP_COMMAND = "help";

  /** The commands in the order of the help. */
  static final List<Class<? extends Subcommand>> COMMANDS =
      List.of(
          UpdateCommand.class,
          ValidateCommand.class,
          PlanCommand.class,
          PreviewCommand.class,
          ResumeCommand.class,
          RetryCommand.class,
          RollbackCommand.class,
          RampCommand.class,
          RunsCommand.class,
          ShowCommand.class,
          ReportCommand.class,
          ResultsCommand.class,
          StatusCommand.class,
          WorkspacesCommand.class,
          ExportCommand.class,
          PruneCommand.class,
          WorkerCommand.class,
          ScheduleCommand.class,
          StopCommand.class,
          ConfigCommand.class,
          DoctorCommand.class,
          CompletionCommand.class,
          SandboxCommand.class);

  private final ProcessEnvironment environment;

  Program(ProcessEnvironment environment) {
    this.environment = environment;
  }

  int run(String... args) {
    int code;
    try {
      code = execute(args);
    } catch (Throwable e) {
      environment.err().println("error: " + FaultMessages.words(e));
      return ExitCode.FAULT.code();
    }
    // A print stream does not report failed writes by itself.
    if (environment.out().checkError() && code <= ExitCode.ROWS_NEED_ATTENTION.code()) {
      environment
          .err()
          .println("error: standard output cannot be written: it was closed, or its disk is full");
      return ExitCode.STOPPED_EARLY.code();
    }
    return code;
  }

  private int execute(String... arguments) {
    String[] args = withHelpLast(arguments);
    try {
      return commandLine(
              Arrays.stream(args)
                      .takeWhile(arg -> !arg.equals(ConfigChoice.END))
                      .anyMatch(HELP::contains)
                  ? SettingsDefaults.none(environment)
                  : SettingsDefaults.read(environment, ConfigCommand.choosing(args)),
              called(args))
          .execute(args);
    } catch (UsageException e) {
      // The config file is read before a command is known.
      return failures().report(e, false).code();
    }
  }

  /** Turns {@code help update} into {@code update --help}. */
  private static String[] withHelpLast(String... args) {
    if (args.length == 0 || !args[0].equals(HELP_COMMAND)) {
      return args;
    }
    if (args.length == 1 || args[1].equals(HELP_COMMAND)) {
      return new String[] {"--help"};
    }
    // An unknown command is an error as it is without "help", with a suggestion.
    return find(args[1]).isEmpty() ? new String[] {args[1]} : new String[] {args[1], "--help"};
  }

  /**
   * The commands whose options picocli has to know, which takes milliseconds for each: the command
   * that is called, none for the help of the program, which only names commands, and otherwise all.
   */
  private static List<Class<? extends Subcommand>> called(String... args) {
    String first = args.length == 0 ? "" : args[0];
    if (HELP.contains(first)) {
      return List.of();
    }
    List<Class<? extends Subcommand>> called = find(first);
    return called.isEmpty() ? COMMANDS : called;
  }

  static List<Class<? extends Subcommand>> find(String command) {
    return COMMANDS.stream()
        .filter(type -> command.equals(type.getAnnotation(Command.class).name()))
        .toList();
  }

  private static CommandSpec described(String name, String... description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return spec;
  }

  CommandLine commandLine(SettingsDefaults settings, List<Class<? extends Subcommand>> called) {
    CommandLine line = new CommandLine(new Root(), new CommandFactory(environment));
    called.forEach(line::addSubcommand);
    if (called.isEmpty()) {
      COMMANDS.stream()
          .map(type -> type.getAnnotation(Command.class))
          .forEach(about -> line.addSubcommand(described(about.name(), about.description())));
      line.addSubcommand(described(HELP_COMMAND, "Shows the help of a command."));
    }
    List<CommandSpec> specs =
        Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
            .map(CommandLine::getCommandSpec)
            .toList();
    if (!settings.areNamesOf(specs)) {
      if (!called.equals(COMMANDS)) {
        return commandLine(settings, COMMANDS);
      }
      settings.checkNames(specs);
    }
    specs.forEach(Program::flagsOnlySet);
    specs.forEach(this::nameProgram);
    line.setDefaultValueProvider(settings)
        .setOut(writer(environment.out()))
        .setErr(writer(environment.err()))
        .setHelpFactory(HelpPage::new)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // The options in such a file would come too late to choose the config file.
        .setExpandAtFiles(false)
        .registerConverter(Duration.class, Durations::parse)
        .registerConverter(Path.class, FileArgument::parsePath)
        .registerConverter(WebhookUrl.class, WebhookUrl::parse)
        .setParameterExceptionHandler((e, arguments) -> misused(e));
    return line;
  }

  /** Examples begin as the user has called the program: an installation has no {@code run.sh}. */
  private void nameProgram(CommandSpec spec) {
    // picocli formats the lines.
    String program = environment.program().replace("%", "%%");
    spec.usageMessage()
        .description(
            Arrays.stream(spec.usageMessage().description())
                .map(line -> line.replace("./run.sh", program))
                .toArray(String[]::new));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private int misused(ParameterException e) {
    ExitCode code = failures().report(new UsageException(UsageMessages.of(e)), false);
    List<String> meant = UsageMessages.suggestions(e);
    if (!meant.isEmpty()) {
      environment.err().println("Did you mean: " + String.join(", ", meant) + "?");
    }
    CommandLine command = e.getCommandLine();
    environment
        .err()
        .println(
            "See: "
                + environment.program()
                + (command.getParent() == null ? "" : " " + command.getCommandName())
                + " --help");
    return code.code();
  }

  private Failures failures() {
    return new Failures(environment.err());
  }

  /**
   * A flag that the config file sets stays set if it is also given. Otherwise picocli would negate
   * it.
   */
  private static void flagsOnlySet(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      if (option.type() == boolean.class) {
        command.remove(option);
        command.addOption(option.toBuilder().fallbackValue("true").build());
      }
    }
  }

  @Command(
      name = "smartlead-bulk",
      description = {
        "Applies a CSV of SmartLead email-account settings to the accounts.",
        "",
        "Examples:",
        "  ./run.sh update samples/nightly-ramp.csv --sandbox",
        "  ./run.sh help update"
      },
      synopsisSubcommandLabel = "COMMAND",
      commandListHeading = "%nCommands:%n",
      footerHeading = "%n",
      footer = {
        "Documents in the folder of run.sh: README.md, docs/guide.md,",
        "docs/reference.md, docs/scheduling.md, docs/troubleshooting.md."
      })
  static final class Root implements Runnable {

    @Mixin HelpOptions help = new HelpOptions();

    @Spec CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "no command was given");
    }
  }
}
